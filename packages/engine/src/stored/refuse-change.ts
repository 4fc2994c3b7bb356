import { type ClusterPlan, type StoredConflict, type StoredNodes, storedConflicts } from "@hotfire/topology";
import { EngineError } from "../errors/engine-error.ts";

export interface ChangeOptions {
  /** Nodes whose volumes may be made anew, and what is stored on them lost. */
  readonly newVolumes?: readonly string[];
  /** `all`: everything changes at once. `rolling`: node after node, in a group that runs meanwhile. */
  readonly how?: "all" | "rolling";
}

/**
 * Refuses a plan that the data on the volumes cannot bear, unless each node that would lose its data is named. Nothing is touched.
 * @returns nodes whose volumes are to be made anew
 * @throws EngineError STORED_DATA
 */
export function refuseChange(
  stored: StoredNodes,
  plan: ClusterPlan,
  { newVolumes = [], how = "all" }: ChangeOptions = {},
): readonly string[] {
  const conflicts = storedConflicts(stored, plan);
  const asked = new Set(newVolumes);
  const atStake = new Set(conflicts.flatMap(({ nodes }) => nodes));
  if (conflicts.length === 0 && newVolumes.length > 0) {
    throw new EngineError(
      "STORED_DATA",
      `Nothing that changes asks for a new volume of ${newVolumes.join(", ")}.`,
      {
        hint: "--new-volumes names nodes whose data cannot bear the change. Leave it out.",
      },
    );
  }
  const refused = conflicts.filter(
    ({ nodes, oneByOne }) => nodes.some((node) => !asked.has(node)) || (how === "rolling" && !oneByOne),
  );
  const [first] = refused;
  // Those that have their new volume already, from a run before that was interrupted, keep it.
  if (first === undefined) return newVolumes.filter((node) => atStake.has(node));
  const also = refused.length === 1 ? "" : `, and ${refused.length - 1} more`;
  throw new EngineError(
    "STORED_DATA",
    `What "${plan.name}" has stored cannot bear the change: ${inShort(first)}${also}. Nothing was touched.`,
    {
      hint: hintOf(plan, refused, atStake, how),
      evidence: { seen: refused.flatMap(explain) },
    },
  );
}

function inShort({ key, before, after }: StoredConflict): string {
  return `${key} from ${before} to ${after}`;
}

function explain(conflict: StoredConflict): string[] {
  return [
    `${inShort(conflict)}, at ${conflict.nodes.join(", ")}: ${conflict.reason}.`,
    ...conflict.ways.map((way) => `  - ${way}`),
  ];
}

function hintOf(
  plan: ClusterPlan,
  refused: readonly StoredConflict[],
  atStake: ReadonlySet<string>,
  how: ChangeOptions["how"],
): string {
  const nodes = [...atStake]
    .sort((one, other) => one.localeCompare(other, "en", { numeric: true }))
    .join(",");
  if (refused.every(({ oneByOne }) => oneByOne)) {
    const rolling = `hotfire restart --rolling ${plan.name} --spec FILE --new-volumes ${nodes} gives one member after another a new volume, and the others fill it`;
    return how === "rolling"
      ? `Or ${rolling}.`
      : `Or ${rolling}; hotfire up … --new-volumes ${nodes} loses everything.`;
  }
  return how === "rolling"
    ? "A running group cannot take it node by node. hotfire up says how to lose the data on purpose."
    : `Or lose what is stored there, on purpose: hotfire up … --new-volumes ${nodes}`;
}
