import { DrillError } from "../errors/drill-error.ts";
import type { OfficialClient, OfficialClientOptions } from "./official-client.ts";

/**
 * Starts an official RocketMQ client as a drill's workload. Resolves when its program was started, see `ready`.
 * Throws DrillError CLIENT_UNAVAILABLE where this machine or this cluster cannot have it.
 */
export async function startOfficialClient(options: OfficialClientOptions): Promise<OfficialClient> {
  throw new DrillError("CLIENT_UNAVAILABLE", `The client "${options.kind}" is not there yet.`);
}
