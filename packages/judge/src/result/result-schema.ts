import { z } from "zod";
import { kindRules, sentTimes } from "../history/expectation.ts";
import { applicationKinds } from "../history/kind-records.ts";
import { micros } from "../history/micros.ts";
import { switchSteps } from "../history/observation-records.ts";
import { verbs } from "../history/operations.ts";
import { headerRecord } from "../history/run-records.ts";
import { predictionSchema } from "../verdict/prediction.ts";

const verb = z.enum(verbs);
const count = z.int().nonnegative();
const proof = z.object({ how: z.string(), seen: z.string() });
const span = z.object({ begin: micros, end: micros, proof });

const telling = z.object({
  sequence: count,
  group: z.string(),
  topic: z.string(),
  queue: count,
  sent: micros,
  done: micros,
  key: z.string().optional(),
  delivered: z.boolean(),
  onReplica: z.boolean(),
});

const messageClass = z.object({
  count,
  spans: z.array(z.object({ group: z.string(), count, from: micros, to: micros })).readonly(),
  telling: z.array(telling).readonly(),
});

const outage = z.object({
  group: z.string(),
  verb,
  from: micros,
  to: micros.optional(),
  failed: count,
  inDoubt: count,
  fault: z.string().optional(),
  firstFailure: micros.optional(),
  duringHealing: z.boolean(),
});

const lane = z.object({
  group: z.string(),
  verb,
  attempts: count,
  acknowledged: count,
  failed: count,
  inDoubt: count,
  availability: z.number().min(0).max(1),
  resolution: micros.optional(),
  latency: z.object({ p50: z.number().optional(), p99: z.number().optional(), max: z.number() }),
  schedulingErrorP99: z.number().optional(),
  outages: z.array(outage).readonly(),
  outsideFaults: count,
  /** Failures since the load ran smoothly. */
  sinceBaseline: z.object({ failed: count, inDoubt: count }).optional(),
  /** The last 3 s of the load, and how long before its end the last success was. */
  atEnd: z.object({ due: count, served: count, silent: micros }).optional(),
  causes: z.array(z.object({ cause: z.string(), count })).readonly(),
});

const fault = z.object({
  id: z.string(),
  kind: z.string(),
  target: z.string(),
  nodes: z.array(z.string()).readonly(),
  groups: z.array(z.string()).readonly(),
  injected: span.optional(),
  healed: span.optional(),
  errors: z.array(z.string()).readonly(),
});

/** `result.json`: the verdict and everything it rests on. Moments and durations are microseconds. */
export const drillResultSchema = z
  .object({
    format: z.literal("hotfire-drill-result"),
    version: z.literal(1),
    verdict: z.enum(["pass", "fail", "unknown"]),
    /** What the fault cost. */
    sentence: z.string(),
    /** What was broken, or could not be judged; empty when the verdict is pass. */
    reasons: z.array(z.string()).readonly(),
    /** Who claims what, when the drill has an expectation. */
    claim: z.object({ text: z.string(), source: z.string() }).optional(),
    checks: z
      .array(
        z.object({
          check: z.string(),
          verb: verb.optional(),
          text: z.string(),
          limit: z.string(),
          measured: z.string(),
          /** Why it is allowed, where a claim allows it. */
          because: z.string().optional(),
          status: z.enum(["pass", "fail", "unknown"]),
          origin: z.enum(["always", "expectation", "limit"]),
        }),
      )
      .readonly(),
    /** Worst RTO over groups and verbs; absent when something never came back. */
    worstRto: micros.optional(),
    run: headerRecord.omit({ type: true, version: true }),
    end: z.object({ reason: z.enum(["completed", "aborted", "missing"]), at: micros.optional() }),
    records: count,
    faults: z.array(fault).readonly(),
    lanes: z.array(lane).readonly(),
    recoveries: z
      .array(
        z.object({
          fault: z.string(),
          group: z.string(),
          verb,
          rto: micros.optional(),
          atLeast: micros.optional(),
          /** The longest outage itself, and what it is from the fault's proof and from its first failed operation. */
          silence: micros.optional(),
          fromProof: micros.optional(),
          fromFailure: micros.optional(),
          downtime: micros,
          longest: micros,
          healing: micros.optional(),
          settled: micros.optional(),
          neededHealing: z.boolean(),
        }),
      )
      .readonly(),
    /** What each group lost while faults were in force or healed, and what it may lose by what it shows without one. */
    steadiness: z
      .array(
        z.object({
          group: z.string(),
          verb,
          faults: z.enum(["own", "foreign"]),
          phase: z.enum(["in-force", "healing"]),
          length: micros,
          longest: micros,
          lost: z.number(),
          /** Time that failed operations stand for. */
          failed: z.number().optional(),
          longestBound: z.number(),
          lostBound: z.number(),
          failedBound: z.number().optional(),
        }),
      )
      .readonly()
      .optional(),
    steps: z
      .array(
        z.object({
          fault: z.string(),
          group: z.string(),
          step: z.enum(switchSteps),
          node: z.string().optional(),
          after: micros,
          resolution: micros.optional(),
          source: z.string(),
        }),
      )
      .readonly(),
    predictions: z.array(predictionSchema).readonly(),
    /** Acknowledged sends per second of each group when it was asked for as much as it can. */
    bursts: z
      .array(
        z.object({
          group: z.string(),
          concurrency: count,
          rates: z.array(z.number()).readonly(),
          median: z.number(),
        }),
      )
      .readonly(),
    accounting: z.object({
      sent: count,
      acknowledged: count,
      failed: count,
      inDoubt: count,
      lost: messageClass,
      inDoubtArrived: count,
      inDoubtGone: count,
      failedButArrived: messageClass,
      duplicates: messageClass,
      storedTwice: messageClass.optional(),
      wrongBody: messageClass.optional(),
      misplaced: messageClass.optional(),
      vanished: messageClass.optional(),
      unrecorded: count.optional(),
      redelivered: count,
      undelivered: count.optional(),
      unexpected: messageClass,
      unverified: count,
      alike: count.optional(),
      unplaced: count.optional(),
      /** Of three kinds: how many were not sent to a group that was hit, at the time that a claim may name. */
      beyond: z
        .record(z.enum(["lost", "vanished", "undelivered"]), z.record(z.enum(sentTimes), count))
        .optional(),
    }),
    order: z.object({
      stored: count,
      delivered: count,
      deliveredByKey: count,
      telling: z
        .array(
          z.object({
            where: z.enum(["stored", "delivered"]),
            scope: z.enum(["queue", "key"]),
            group: z.string(),
            topic: z.string(),
            queue: count,
            key: z.string().optional(),
            earlier: count,
            later: count,
          }),
        )
        .readonly(),
    }),
    /** What became of each kind of the load besides the plain one. */
    kinds: z
      .array(
        z.object({
          kind: z.enum(applicationKinds),
          sent: count,
          acknowledged: count,
          failed: count,
          inDoubt: count,
          delivered: count,
          drained: z.boolean(),
          duplicates: count,
          longestGap: micros.optional(),
          lateness: z.object({ p50: micros, p99: micros, max: micros }).optional(),
          figures: z.record(z.string(), count),
          violations: z.array(z.object({ rule: z.enum(kindRules), count, first: z.string() })).readonly(),
          problems: z.array(z.string()).readonly(),
        }),
      )
      .readonly()
      .optional(),
    replicas: z.object({
      compared: count,
      different: count,
      unread: count.optional(),
      telling: z
        .array(
          z.object({
            group: z.string(),
            topic: z.string(),
            queue: count,
            node: z.string(),
            reference: z.string(),
            kind: z.enum(["offsets", "contents", "unreadable"]),
            detail: z.string(),
          }),
        )
        .readonly(),
    }),
    roles: z.object({
      violations: z
        .array(
          z.object({
            group: z.string(),
            kind: z.enum(["two-leaders-in-a-term", "acknowledged-after-successor"]),
            nodes: z.array(z.string()).readonly(),
            at: micros,
            detail: z.string(),
          }),
        )
        .readonly(),
      /** Group -> how often another broker took over acknowledging. */
      changes: z.record(z.string(), count),
      takeovers: z
        .array(z.object({ fault: z.string(), group: z.string(), from: z.string(), times: count }))
        .readonly()
        .optional(),
    }),
  })
  .meta({ title: "Hotfire drill result", description: "What `hotfire drill` writes to result.json." });

export type DrillResult = z.infer<typeof drillResultSchema>;

/** The published schema, `schema/drill-result.schema.json`. */
export function resultJsonSchema(): object {
  return z.toJSONSchema(drillResultSchema, { target: "draft-2020-12", io: "output" });
}
