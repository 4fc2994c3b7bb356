/**
 * @module-tag full
 * As unfinished-transactions, in the mode whose call that ends the services differs.
 */
import { describe } from "vitest";
import { clusterTest } from "../support/cluster-test.ts";
import { holdUpNoSwitch } from "../support/unfinished-transactions.ts";

const it = clusterTest({ of: "controller", purpose: "unfinished-controller" });

describe("thousands of unfinished transactions in a group of mode controller", () => {
  it("hold up no switch, and leave no thread spinning", holdUpNoSwitch);
});
