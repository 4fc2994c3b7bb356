import { z } from "zod";
import { micros } from "./micros.ts";
import { verbs } from "./operations.ts";

/** Which broker groups a rule is about: those of the faulted nodes, the others, or all. */
export const groupScopes = ["target", "others", "all"] as const;
export type GroupScope = (typeof groupScopes)[number];

/** Things that are counted, as limits name them. */
export const countNames = [
  "lost",
  "duplicates",
  "redelivered",
  "undelivered",
  "stored-twice",
  "wrong-body",
  "misplaced",
  "vanished",
  "failed",
  "in-doubt",
  "in-doubt-gone",
  "failed-but-arrived",
  "unexpected",
  "reordered",
  "outside-faults",
] as const;
export type CountName = (typeof countNames)[number];

/** What a run must show before its good figures mean anything; each is unknown where it does not. */
export const evidenceNames = [
  "history-whole",
  "history-unchanged",
  "history-format",
  "claimed",
  "one-clock",
  "consistent",
  "numbered",
  "scheduled",
  "everywhere",
  "tester-steady",
  "worked-before",
  "faults-proven",
  "dead-are-silent",
  "whole-again",
  "read-back",
  "routed",
  "drained",
  "observed",
] as const;
export type EvidenceName = (typeof evidenceNames)[number];

/** What must hold of a kind's messages, whatever was claimed. */
export const kindRules = [
  "kind-missing",
  "kind-body",
  "kind-unexpected",
  "kind-twice",
  "fifo-order",
  "delay-early",
  "transaction-outcome",
  "transaction-asked",
  "batch-whole",
  "pop-early",
  "pop-settled",
  "pop-again",
  "pop-times",
] as const;
export type KindRule = (typeof kindRules)[number];

/** What is held against the kinds of a load, and that they were there to be judged. */
export const kindCheckNames = [...kindRules, "kinds-shown"] as const;
export type KindCheckName = (typeof kindCheckNames)[number];

const scope = { verb: z.enum(verbs).optional(), groups: z.enum(groupScopes).default("all") };

/**
 * Which messages a claim that allows some of a kind means: those to a group that a fault hit, sent in-windows: in the window of such a
 * fault; until-in-force: besides, before the last of these faults was proven in force.
 */
export const sentTimes = ["in-windows", "until-in-force"] as const;
export type SentTime = (typeof sentTimes)[number];

/** One thing that must hold, as data. Durations are microseconds. */
export const ruleSchema = z.discriminatedUnion("check", [
  /** Fault ordered -> first success, worst over the groups. */
  z.strictObject({ check: z.literal("rto"), ...scope, max: micros }),
  z.strictObject({ check: z.literal("downtime"), ...scope, max: micros }),
  /**
   * none: it goes on as without a fault, by what the run itself shows; some: it stopped; recovers: it came back before healing began; until-healed: it stopped
   * and came back only after healing had begun.
   */
  z.strictObject({
    check: z.literal("outage"),
    ...scope,
    expect: z.enum(["none", "some", "recovers", "until-healed"]),
  }),
  z.strictObject({ check: z.literal("availability"), ...scope, min: z.number().min(0).max(1) }),
  z.strictObject({
    check: z.enum(countNames),
    min: z.int().nonnegative().optional(),
    max: z.int().nonnegative().optional(),
    /** Of `lost`, `vanished` and `undelivered`: one that is not of this time is one too many. */
    sent: z.enum(sentTimes).optional(),
    /** Not more than these together. */
    notAbove: z.array(z.enum(countNames)).min(1).optional(),
    /** Why some are allowed, told with them. */
    because: z.string().min(1).optional(),
  }),
  /** Median throughput of one group's bursts, as a share of another one's; groups by their place in the cluster. */
  z.strictObject({
    check: z.literal("throughput"),
    of: z.enum(["first", "second"]),
    against: z.enum(["first", "second"]),
    min: z.number().positive(),
  }),
  z.strictObject({ check: z.literal("replicas-equal") }),
  z.strictObject({ check: z.literal("one-writer") }),
  /** Operations are served when the load ends. */
  z.strictObject({ check: z.literal("works-at-end"), ...scope }),
  z.strictObject({ check: z.enum(evidenceNames) }),
  /** Of the kinds of a load; they stand where it has any. */
  z.strictObject({ check: z.enum(kindCheckNames) }),
  /**
   * How often another broker of the group took over acknowledging, since the load ran smoothly; with `per: "fault"` after each
   * fault that hit the broker which acknowledged then.
   */
  z.strictObject({
    check: z.literal("takeovers"),
    groups: z.enum(groupScopes).default("all"),
    per: z.literal("fault").optional(),
    min: z.int().nonnegative().optional(),
    max: z.int().nonnegative().optional(),
  }),
]);
export type Rule = z.infer<typeof ruleSchema>;

/** What a drill expects of a mode, and who says so. */
export const expectationSchema = z.strictObject({
  /** The claim in a sentence. */
  claim: z.string().min(1),
  /** Who makes it: a document, a published guide to RocketMQ clusters, this project. */
  source: z.string().min(1),
  rules: z.array(ruleSchema),
  /** Which of the planned faults must have been in force. Default all; some: at least one, as in chaos; none: it plans none. */
  faults: z.enum(["all", "some", "none"]).optional(),
});
export type Expectation = z.infer<typeof expectationSchema>;
