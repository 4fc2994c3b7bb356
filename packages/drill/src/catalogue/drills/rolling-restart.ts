import type { DrillDefinition } from "../drill-definition.ts";
import { writesRecover } from "../rules.ts";

const claim = {
  claim: "Broker after broker can be restarted under load without losing anything",
  source: "Hotfire",
  rules: [],
};

export const rollingRestart: DrillDefinition = {
  name: "rolling-restart",
  title: "Every broker is restarted, one after another, under load",
  about:
    "Replicas first, writers last, each only after the one before has come back and caught up. What this costs in writes is " +
    "what an upgrade costs.",
  preset: "dledger",
  steps: [{ do: "roll", as: "roll" }],
  expect: {
    "multi-master": claim,
    "master-slave-async": claim,
    "master-slave-sync": claim,
    dledger: { ...claim, rules: [writesRecover] },
    controller: { ...claim, rules: [writesRecover] },
  },
  matrix: "rolling restart",
};
