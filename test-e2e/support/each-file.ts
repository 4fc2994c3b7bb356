import { inspect } from "node:util";
import { afterAll, afterEach, expect } from "vitest";
import { removeDeadRuns } from "./dead-runs.ts";
import { keepEvidence } from "./evidence.ts";
import { complaintsInUnread } from "./logs/unread.ts";
import { testFileVariable } from "./timings.ts";

const file = expect.getState().testPath ?? "unknown file";
process.env[testFileVariable] = file;

afterEach(async ({ task }) => {
  const { result } = task;
  if (result?.state !== "fail") return;
  // Whole, with causes and what `await using` suppressed: Vitest's line shows the last error alone.
  const errors = (result.errors ?? []).map((error) => inspect(error, { depth: 6, breakLength: 120 }));
  const folder = await keepEvidence({ file, name: task.name, errors, since: result.startTime ?? Date.now() });
  process.stderr.write(`Evidence of the failure of "${task.name}": ${folder}\n`);
});

// What is written after this, as a cluster goes down, is read when it is gone (cluster.ts) or by the next file.
afterAll(async () => {
  const complaints = await complaintsInUnread();
  if (complaints.length === 0) return;
  // Vitest cleans up no fixture of a file whose hook has failed: its cluster would stay beside all that follows.
  await removeDeadRuns();
  throw new Error(`Not expected in a log (support/logs/expected.ts):\n${complaints.join("\n")}`);
});
