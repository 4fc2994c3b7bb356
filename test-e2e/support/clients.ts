import { join } from "node:path";
import { z } from "zod";
import { jsonOf } from "./hotfire.ts";
import { projectRoot } from "./names.ts";
import { run, succeeded } from "./run.ts";

export const javaImage = "hotfire/test-java";

const javaAnswer = z.object({
  client: z.literal("java"),
  acknowledged: z.number(),
  received: z.number(),
  groups: z.array(z.string()),
});
const nodeAnswer = z.object({ client: z.literal("node"), acknowledged: z.number(), received: z.number() });

interface RoundTrip {
  readonly topic: string;
  readonly group: string;
  readonly count: number;
  /** A Docker network, or `host` for what a program on this machine sees. */
  readonly network: string;
}

/** Messages through the official Java client, which finds the brokers by name server. */
export async function javaRoundTrip(
  trip: RoundTrip & { readonly namesrv: string },
): Promise<z.output<typeof javaAnswer>> {
  const words = [trip.namesrv, trip.topic, trip.group, String(trip.count)];
  const args = ["run", "--rm", "--network", trip.network, javaImage, "RoundTrip", ...words];
  return javaAnswer.parse(jsonOf(succeeded(await run("docker", args, { deadlineMs: 120_000 }))));
}

const nodeProgram = "test-e2e/clients/node/round-trip.ts";
const nodeBinary = "node_modules/node/bin/node";

/** Messages through the official Node client and a proxy; the topic and the consumer group have to exist. */
export async function nodeRoundTrip(
  trip: RoundTrip & { readonly proxy: string },
): Promise<z.output<typeof nodeAnswer>> {
  const words = [trip.proxy, trip.topic, trip.group, String(trip.count)];
  const options = { deadlineMs: 120_000 };
  if (trip.network === "host") {
    const result = await run(
      join(projectRoot, nodeBinary),
      [join(projectRoot, nodeProgram), ...words],
      options,
    );
    return nodeAnswer.parse(jsonOf(succeeded(result)));
  }
  const folders = ["node_modules", "test-e2e"].flatMap((folder) => [
    "-v",
    `${join(projectRoot, folder)}:/project/${folder}:ro`,
  ]);
  const program = [`/project/${nodeBinary}`, `/project/${nodeProgram}`, ...words];
  const args = ["run", "--rm", "--network", trip.network, ...folders, "debian:trixie-slim", ...program];
  return nodeAnswer.parse(jsonOf(succeeded(await run("docker", args, options))));
}
