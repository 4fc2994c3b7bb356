import { z } from "zod";

/** Replication modes of RocketMQ, as this project names them. */
export const modes = [
  "single-master",
  "multi-master",
  "master-slave-async",
  "master-slave-sync",
  "dledger",
  "controller",
] as const;

export type Mode = (typeof modes)[number];

export const modeSchema: z.ZodEnum<{ [M in Mode]: M }> = z.enum(modes);

/** Placeholder shape, grown with the spec. */
export interface ClusterSpec {
  readonly name: string;
  readonly mode: Mode;
}
