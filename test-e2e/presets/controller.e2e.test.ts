/**
 * @module-tag quick
 * Every mode up, verified, and carrying messages of official clients.
 */
import { describePreset } from "../support/preset-suite.ts";

describePreset("controller", [
  "registration",
  "round-trip-host",
  "round-trip-network",
  "acknowledged-copies",
  "slaves-caught-up",
  "controller-active",
  "sync-state-set",
  "controller-epochs",
]);
