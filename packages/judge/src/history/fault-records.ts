import { z } from "zod";
import { evidenceList } from "./evidence.ts";
import { micros } from "./micros.ts";

const words = {
  /** How it was found out, e.g. "container state" or "connect from broker-a-1". */
  how: z.string().min(1),
  /** What was seen, for a person: what proves anything is the evidence. */
  seen: z.string(),
};
/** Formats 1 and 2 have words only. */
const proof = z.strictObject({ ...words, evidence: evidenceList.optional() });
const writtenProof = z.strictObject({ ...words, evidence: evidenceList });
export type Proof = z.infer<typeof proof>;

/** What was asked for beside the kind. */
const asked = z.strictObject({
  handOver: z.boolean().optional(),
  to: z.string().optional(),
  from: z.array(z.string()).readonly().optional(),
  direction: z.enum(["both", "in", "out"]).optional(),
  percent: z.number().optional(),
  bytesPerSecond: z.number().optional(),
  ms: z.number().optional(),
  cpus: z.number().optional(),
  seconds: z.number().optional(),
});
export type Asked = z.infer<typeof asked>;

const planned = {
  type: z.literal("fault-planned"),
  at: micros,
  fault: z.string().min(1),
  /** Kind from the catalogue of faults: kill, pause, cut, disk-destroyed, … */
  kind: z.string().min(1),
  /** As asked for: `broker-a:leader`. */
  target: z.string().min(1),
};
export const faultPlannedRecord = z.strictObject({ ...planned, asked: asked.optional() });
export const writtenFaultPlanned = z.strictObject({ ...planned, asked });

const injected = {
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
};
export const faultInjectedRecord = z.strictObject({ ...injected, proof });
export const writtenFaultInjected = z.strictObject({ ...injected, proof: writtenProof });

const healed = {
  type: z.literal("fault-healed"),
  fault: z.string().min(1),
  begin: micros,
  end: micros,
};
export const faultHealedRecord = z.strictObject({ ...healed, proof });
export const writtenFaultHealed = z.strictObject({ ...healed, proof: writtenProof });

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
