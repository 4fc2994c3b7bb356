import type { Rule } from "@hotfire/judge/history";
import type { DrillDefinition } from "../drill-definition.ts";
import { writesBackWithin, writesRecover } from "../rules.ts";

/** The step ends no writer; the freeze ends one. */
const anotherTakesOverOnlyOnce: Rule = { check: "takeovers", groups: "target", min: 1, max: 1 };
/** Less than the step, and more than DLedger's own timers take (8.3 s). */
const rules = [writesRecover, anotherTakesOverOnlyOnce, writesBackWithin(12)];
const claim =
  "Who is silent, and for how long, does not depend on the time of day; nothing acknowledged is lost";

export const clockStep: DrillDefinition = {
  name: "clock-step",
  title:
    "The writer's clock is stepped forward and back, and a writer is frozen while its replicas' clocks are behind",
  about:
    "A clock is stepped by NTP, by a virtual machine that wakes up, by hand. A step of the wall clock must neither end a writer that is " +
    "well nor hide one that is not. Only brokers' clocks are stepped; needs brokers under libfaketime (`steppableClock` in the spec).",
  preset: "dledger",
  needs: { steppableClock: true },
  steps: [
    { do: "inject", as: "ahead", fault: { kind: "clock-step", seconds: 20 }, on: "first:writer" },
    { do: "hold", forMs: 4000 },
    { do: "heal", fault: "ahead" },
    { do: "hold", forMs: 4000 },
    { do: "inject", as: "behind", fault: { kind: "clock-step", seconds: -20 }, on: "first:replicas" },
    { do: "hold", forMs: 2000 },
    { do: "inject", as: "pause", fault: { kind: "pause" }, on: "first:writer" },
    { do: "until-writable", group: "first", atMostMs: 45_000, holdMs: 4000 },
    { do: "heal", fault: "pause" },
    { do: "hold", forMs: 2000 },
    { do: "heal", fault: "behind" },
    { do: "hold", forMs: 4000 },
  ],
  expect: {
    dledger: {
      claim,
      source: "Raft: no clock is trusted for safety; Hotfire: docs/explanation/failover.md",
      rules,
    },
    controller: { claim, source: "Hotfire: docs/explanation/failover.md", rules },
  },
  matrix: "clocks stepped, writer frozen",
};
