import type { DrillDefinition } from "../drill-definition.ts";
import { othersGoOn } from "../rules.ts";

const text = { claim: "Slower, and nothing is lost", source: "Hotfire" };
/** Presets of one group have no others that could go on. */
const alone = { ...text, rules: [] };

export const cpuSqueeze: DrillDefinition = {
  name: "cpu-squeeze",
  title: "The writer gets a tenth of a core",
  about:
    "A noisy neighbour or a long garbage collection: the writer answers late and beats late. A leader that loses its place " +
    "over this is a false switch; whether it does is told by the roles in the report.",
  preset: "dledger",
  steps: [
    { do: "inject", as: "squeeze", fault: { kind: "cpu-squeeze", cpus: 0.1 }, on: "first:writer" },
    { do: "hold", forMs: 8000 },
    { do: "heal", fault: "squeeze" },
  ],
  expect: {
    "single-master": alone,
    "master-slave-async": { ...text, rules: [othersGoOn] },
    dledger: alone,
    controller: alone,
  },
  matrix: "writer squeezed to 0.1 core",
};
