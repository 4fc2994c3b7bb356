import { describePreset } from "../support/preset-suite.ts";

describePreset("master-slave-async", [
  "registration",
  "round-trip-host",
  "round-trip-network",
  "slaves-caught-up",
]);
