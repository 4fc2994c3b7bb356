import { describePreset } from "../support/preset-suite.ts";

describePreset("single-master", ["registration", "round-trip-host", "round-trip-network"]);
