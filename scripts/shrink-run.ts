// A small history for the mutation tests, out of the folder of a run: node scripts/shrink-run.ts RUN NAME
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readHistory, runFiles } from "@hotfire/drill";
import type { StoredRecord } from "@hotfire/judge/history";
import { shrinkRun } from "./fixtures/shrink-run.ts";

const most = 200_000;
const [run, name] = process.argv.slice(2);
if (run === undefined || name === undefined) {
  process.stderr.write("Usage: node scripts/shrink-run.ts RUN NAME\n");
  process.exit(3);
}
const records: StoredRecord[] = [];
for await (const batch of readHistory(join(run, runFiles.history)))
  for (const record of batch) if (record.type !== "torn") records.push(record);
const { bytes, every, result } = shrinkRun(records, most);
const path = join(import.meta.dirname, "../packages/judge/fixtures", `${name}.ndjson.br`);
writeFileSync(path, bytes);
process.stdout.write(
  `${path}: ${bytes.length} bytes, one message of ${every}; ${result.verdict}: ${result.sentence}\n`,
);
