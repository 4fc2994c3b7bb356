/**
 * Where the minutes of an end-to-end run went: `minutes.ts [COUNT]` prints the slowest files, and of each how much was
 * clusters coming up and going down, drills, other commands and waiting. What ran at once counts twice.
 */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { projectRoot, reportsFolder } from "../../test-e2e/support/names.ts";
import { timingsFile } from "../../test-e2e/support/timings.ts";

const report = z.object({
  testResults: z.array(z.object({ name: z.string(), startTime: z.number(), endTime: z.number() })),
});
const timing = z.object({ file: z.string(), what: z.string(), ms: z.number() });

const kinds: readonly (readonly [string, RegExp])[] = [
  ["up", / up\b|^make cluster/],
  ["down", / down\b|^make down/],
  ["drills", /^hotfire (drill|chaos)/],
  ["commands", /./],
];
const columns = ["total", "up", "down", "drills", "commands", "waiting"];

const [count = "10"] = process.argv.slice(2);
const times = readFileSync(timingsFile, "utf8")
  .trim()
  .split("\n")
  .map((line) => timing.parse(JSON.parse(line)));
const { testResults } = report.parse(JSON.parse(readFileSync(join(reportsFolder, "e2e.json"), "utf8")));

const files = testResults
  .map(({ name, startTime, endTime }) => {
    const file = relative(projectRoot, name);
    const seconds = new Map([["total", (endTime - startTime) / 1000]]);
    for (const { what, ms } of times.filter((one) => one.file === file)) {
      const kind = what === "waiting" ? what : (kinds.find(([, pattern]) => pattern.test(what))?.[0] ?? what);
      seconds.set(kind, (seconds.get(kind) ?? 0) + ms / 1000);
    }
    return { file, seconds };
  })
  .toSorted((a, b) => (b.seconds.get("total") ?? 0) - (a.seconds.get("total") ?? 0));

const row = (cells: readonly string[], file: string) =>
  `${cells.map((cell) => cell.padStart(9)).join("")}  ${file}\n`;
process.stdout.write(row(columns, "seconds, by file"));
for (const { file, seconds } of files.slice(0, Number(count))) {
  process.stdout.write(
    row(
      columns.map((column) => (seconds.get(column) ?? 0).toFixed(0)),
      file,
    ),
  );
}
const total = files.reduce((sum, { seconds }) => sum + (seconds.get("total") ?? 0), 0);
process.stdout.write(`${files.length} files, ${(total / 60).toFixed(1)} min\n`);
