/**
 * @module-tag full
 * The same services as in a DLedger group, which is in make test; the call that ends them differs, and has a JUnit test.
 */
import { describe } from "vitest";
import { clusterTest } from "../support/cluster-test.ts";
import { holdUpNoSwitch } from "../support/unfinished-transactions.ts";

const it = clusterTest({ of: "controller", purpose: "unfinished-controller" });

describe("thousands of unfinished transactions in a group of mode controller", () => {
  it("hold up no switch, and leave no thread spinning", holdUpNoSwitch);
});
