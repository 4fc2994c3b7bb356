import type { DrillResult } from "@hotfire/judge/result";

const noMessages = { count: 0, spans: [], telling: [] };

/** A result in the published form, as small as it can be; for tests. */
export function exampleResult(change: Partial<DrillResult> = {}): DrillResult {
  return {
    format: "hotfire-drill-result",
    version: 1,
    verdict: "pass",
    sentence:
      "After killing broker-a:leader (broker-a-0), writes to broker-a stopped for 2.4 s; none of 9,419 acknowledged messages was lost.",
    reasons: [],
    claim: { text: "A new leader is elected", source: "published guide: DLedger" },
    checks: [
      {
        check: "lost",
        text: "Acknowledged messages lost",
        limit: "none",
        measured: "0",
        status: "pass",
        origin: "always",
      },
      {
        check: "outage",
        verb: "send",
        text: "writes of the faulted group",
        limit: "come back before healing begins",
        measured: "broker-a writes: 2.4 s",
        status: "pass",
        origin: "expectation",
      },
    ],
    run: {
      drill: "writer-kill",
      command: "hotfire drill run writer-kill --seed 4711",
      seed: 4711,
      clock: { origin: "2026-01-31T12:00:00.000Z" },
      cluster: { name: "drill-writer-kill", mode: "dledger", spec: {}, groups: [], namesrvs: [] },
      workload: { rate: 600, messageBytes: 256, clients: ["hotfire"] },
      versions: {},
      images: {},
      machine: "2 cores",
    },
    end: { reason: "completed", at: 30_000_000 },
    records: 20_000,
    faults: [],
    lanes: [],
    recoveries: [],
    steps: [],
    predictions: [],
    bursts: [],
    accounting: {
      sent: 9419,
      acknowledged: 9419,
      failed: 0,
      inDoubt: 0,
      lost: noMessages,
      inDoubtArrived: 0,
      inDoubtGone: 0,
      failedButArrived: noMessages,
      duplicates: noMessages,
      redelivered: 0,
      unexpected: noMessages,
      unverified: 0,
    },
    order: { stored: 0, delivered: 0, deliveredByKey: 0, telling: [] },
    replicas: { compared: 0, different: 0, telling: [] },
    roles: { violations: [], changes: {} },
    ...change,
  };
}
