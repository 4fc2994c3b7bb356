import type { StartProgram } from "./client-program.ts";
import { startJavaProgram } from "./java-program.ts";
import { startNodeProgram } from "./node-process.ts";
import type { OfficialClient, OfficialClientKind, OfficialClientOptions } from "./official-client.ts";
import { ProgramClient } from "./program-client.ts";

const programs: Readonly<Record<OfficialClientKind, StartProgram>> = {
  java: startJavaProgram,
  "node-proxy": startNodeProgram,
};

/**
 * Starts an official RocketMQ client as a drill's workload. Resolves when its program was started, see `ready`; it
 * sends from then on. Throws DrillError CLIENT_UNAVAILABLE where this machine or this cluster cannot have it.
 */
export async function startOfficialClient(options: OfficialClientOptions): Promise<OfficialClient> {
  const client = new ProgramClient(options);
  await client.start(programs[options.kind]);
  return client;
}
