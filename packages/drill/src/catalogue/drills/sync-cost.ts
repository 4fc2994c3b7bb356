import type { DrillDefinition } from "../drill-definition.ts";

export const syncCost: DrillDefinition = {
  name: "sync-cost",
  title: "A synchronous pair beside an asynchronous one, without a fault",
  about:
    "Both groups get the same load for latency, then take turns with as many sends as they can take for throughput. The first " +
    "group is asynchronous, the second synchronous; what an acknowledgement by two brokers costs is the difference.",
  preset: "master-slave-sync",
  needs: { groups: [{ name: "broker-a", replication: "async" }, { name: "broker-b" }] },
  steps: [
    { do: "hold", forMs: 8000 },
    { do: "bursts", rounds: 4, forMs: 2000, concurrency: 32 },
  ],
  expect: {
    "master-slave-sync": {
      claim:
        "Synchronous double write is about 10 % slower than asynchronous; a single send takes a little longer",
      source: "published guide: master-slave, synchronous double write",
      faults: "none",
      rules: [
        // The claim is told beside what was measured; on two shared cores only a gross difference is a failure.
        { check: "throughput", of: "second", against: "first", min: 0.3 },
        // Asked for more than it takes, a broker refuses some: flow control, no fault.
        { check: "outside-faults", max: 10_000 },
      ],
    },
  },
  matrix: false,
};
