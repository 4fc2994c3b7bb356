import type { Mode } from "@hotfire/topology";
import { expectationFor } from "../catalogue/spec-for.ts";
import { DrillError } from "../errors/drill-error.ts";
import type { RunDrillOptions } from "./run-options.ts";

const losses: ReadonlySet<string> = new Set(["lost", "vanished", "undelivered"]);

/** @throws DrillError DRILL_NOT_APPLICABLE where the drill takes messages with it: of kinds it does not say which. */
export function mustFitKinds(
  { drill, workload }: Pick<RunDrillOptions, "drill" | "workload">,
  mode: Mode,
): void {
  const kinds = (workload?.kinds ?? []).filter((kind) => kind !== "plain");
  const claimed = expectationFor(drill, mode).rules.some(
    (rule) => losses.has(rule.check) && !("max" in rule && rule.max === 0),
  );
  if (kinds.length === 0 || !claimed) return;
  throw new DrillError(
    "DRILL_NOT_APPLICABLE",
    `${drill.name} loses messages on ${mode} by what is claimed, and claims nothing of ${kinds.join(", ")}.`,
    { hint: "Run it without --workload, or choose a drill that must lose nothing." },
  );
}
