/** Removes the clusters of killed test runs, and of the run that HOTFIRE_TEST_RUN names. */
import { removeDeadRuns } from "../../test-e2e/support/dead-runs.ts";

const removed = await removeDeadRuns();
if (removed.length > 0) process.stderr.write(`==> removed what tests left: ${removed.join(", ")}\n`);
