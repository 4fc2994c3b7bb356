/**
 * @module-tag full
 * Three and a half minutes, a cluster of its own; that services hold up no role is held by JUnit in make test.
 */
import { describe } from "vitest";
import { clusterTest } from "../support/cluster-test.ts";
import { holdUpNoSwitch } from "../support/unfinished-transactions.ts";

const it = clusterTest({ of: "dledger", purpose: "unfinished-dledger" });

describe("thousands of unfinished transactions in a group of mode dledger", () => {
  it("hold up no switch, and leave no thread spinning", holdUpNoSwitch);
});
