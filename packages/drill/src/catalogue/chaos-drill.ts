import type { Expectation } from "@hotfire/judge/history";
import { modes } from "@hotfire/topology";
import type { DrillDefinition } from "./drill-definition.ts";

export const chaosName = "chaos";

export const chaosExpectation: Expectation = {
  claim: "Whatever fails and comes back, nothing acknowledged is lost, reordered or made up",
  source: "Hotfire",
  rules: [],
  // A role may be nobody's while another fault is in force.
  faults: "some",
};

/** Random faults for a while; the run's seed decides which. */
export function chaosDrill(options: {
  readonly forMs: number;
  readonly overlapping: boolean;
}): DrillDefinition {
  return {
    name: chaosName,
    title: `Random faults for ${Math.round(options.forMs / 1000)} s`,
    about: "Kills, pauses, cuts and losses on random roles, chosen by the seed.",
    preset: "dledger",
    steps: [{ do: "chaos", ...options }],
    expect: Object.fromEntries(modes.map((mode) => [mode, chaosExpectation])),
    matrix: false,
  };
}
