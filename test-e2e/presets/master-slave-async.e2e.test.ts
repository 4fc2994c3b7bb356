/**
 * @module-tag quick
 * Every mode up, verified, and carrying messages of official clients.
 */
import { describePreset } from "../support/preset-suite.ts";

describePreset("master-slave-async", [
  "registration",
  "round-trip-host",
  "round-trip-network",
  "slaves-caught-up",
]);
