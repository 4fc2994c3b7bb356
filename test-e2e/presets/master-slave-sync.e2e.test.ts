/**
 * @module-tag quick
 * Every mode up, verified, and carrying messages of official clients.
 */
import { describePreset } from "../support/preset-suite.ts";

describePreset("master-slave-sync", [
  "registration",
  "round-trip-host",
  "round-trip-network",
  "acknowledged-copies",
  "slaves-caught-up",
]);
