import type { DrillDefinition } from "../drill-definition.ts";
import { anotherTakesOver, writesBackWithin, writesRecover } from "../rules.ts";

/** `registerNameServerPeriod` of every broker is 10 s: by then a registration waits for the frozen name server. */
const untilItIsAskedMs = 12_000;

/** A broker's registration waits for 24 s (`registerBrokerTimeoutMills`); DLedger's own timers take 8.3 s. */
const soon = writesBackWithin(10);

const rules = [writesRecover, anotherTakesOver, soon];

export const namesrvPauseWriterKill: DrillDefinition = {
  name: "namesrv-pause-writer-kill",
  title: "A name server is frozen, and then the writer is killed",
  about:
    "A dead name server refuses connections, a frozen one accepts and never answers. Brokers register at every name server in " +
    "turn, every 10 s, and whoever takes over registers too: a registration that waits for the frozen one must not hold up the " +
    "new writer, nor keep its route from the other name server.",
  preset: "dledger",
  steps: [
    { do: "inject", as: "namesrv", fault: { kind: "pause" }, on: "namesrv:first" },
    { do: "hold", forMs: untilItIsAskedMs },
    { do: "inject", as: "writer", fault: { kind: "kill" }, on: "first:writer" },
    { do: "until-writable", group: "first", atMostMs: 75_000, holdMs: 4000 },
    { do: "heal", fault: "writer" },
    { do: "heal", fault: "namesrv" },
  ],
  expect: {
    dledger: {
      claim:
        "A new leader is elected and found through the other name server, as soon as without the frozen one",
      source: "Hotfire: docs/explanation/failover.md",
      rules,
    },
    controller: {
      claim: "A slave is promoted and found through the other name server, as soon as without the frozen one",
      source: "Hotfire: docs/explanation/failover.md",
      rules,
    },
  },
  matrix: "name server frozen, writer killed",
};
