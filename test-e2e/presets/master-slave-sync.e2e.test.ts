import { describePreset } from "../support/preset-suite.ts";

describePreset("master-slave-sync", [
  "registration",
  "round-trip-host",
  "round-trip-network",
  "acknowledged-copies",
  "slaves-caught-up",
]);
