import { describePreset } from "../support/preset-suite.ts";

describePreset("multi-master", ["registration", "round-trip-host", "round-trip-network"]);
