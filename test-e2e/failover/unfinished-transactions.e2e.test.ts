/**
 * @module-tag quick
 * With RocketMQ's own code a switch beside unfinished transactions stopped a group for more than a minute. Delayed messages become due meanwhile.
 */
import { describe } from "vitest";
import { clusterTest } from "../support/cluster-test.ts";
import { holdUpNoSwitch } from "../support/unfinished-transactions.ts";

const it = clusterTest({ of: "dledger", purpose: "unfinished-dledger" });

describe("thousands of unfinished transactions in a group of mode dledger", () => {
  it("hold up no switch, and leave no thread spinning", holdUpNoSwitch);
});
