import { z } from "zod";
import { micros } from "./micros.ts";

const proof = z.strictObject({
  /** How it was found out, e.g. "container state" or "connect from broker-a-1". */
  how: z.string().min(1),
  /** What was seen; empty is no proof. */
  seen: z.string(),
});
export type Proof = z.infer<typeof proof>;

export const faultPlannedRecord = z.strictObject({
  type: z.literal("fault-planned"),
  at: micros,
  fault: z.string().min(1),
  /** Kind from the catalogue of faults: kill, pause, cut, disk-destroyed, … */
  kind: z.string().min(1),
  /** As asked for: `broker-a:leader`. */
  target: z.string().min(1),
});

export const faultInjectedRecord = z.strictObject({
  type: z.literal("fault-injected"),
  fault: z.string().min(1),
  kind: z.string().min(1),
  target: z.string().min(1),
  /** Nodes that the target meant at this moment. */
  nodes: z.array(z.string()),
  /** Broker groups that those nodes belong to. */
  groups: z.array(z.string()),
  /** The injection was ordered at `begin` and proven at `end`. */
  begin: micros,
  end: micros,
  proof,
});

export const faultHealedRecord = z.strictObject({
  type: z.literal("fault-healed"),
  fault: z.string().min(1),
  begin: micros,
  end: micros,
  proof,
});

/** An injection or healing that did not work. */
export const faultErrorRecord = z.strictObject({
  type: z.literal("fault-error"),
  fault: z.string().min(1),
  at: micros,
  step: z.enum(["inject", "heal"]),
  message: z.string(),
});

export type FaultPlannedRecord = z.infer<typeof faultPlannedRecord>;
export type FaultInjectedRecord = z.infer<typeof faultInjectedRecord>;
export type FaultHealedRecord = z.infer<typeof faultHealedRecord>;
export type FaultErrorRecord = z.infer<typeof faultErrorRecord>;
export type FaultRecord = FaultPlannedRecord | FaultInjectedRecord | FaultHealedRecord | FaultErrorRecord;
