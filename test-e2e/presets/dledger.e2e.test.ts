/**
 * @module-tag quick
 * Every mode up, verified, and carrying messages of official clients.
 */
import { describePreset } from "../support/preset-suite.ts";

describePreset("dledger", [
  "registration",
  "round-trip-host",
  "round-trip-network",
  "raft-leader",
  "raft-quorum",
  "raft-committed",
]);
