/** `make flaky FILE=path TIMES=20`: runs one file of end-to-end tests again and again, and says how often it failed and how. */
import { cp } from "node:fs/promises";
import { join, relative } from "node:path";
import { projectRoot, reportsFolder } from "../../test-e2e/support/names.ts";
import { run } from "../../test-e2e/support/run.ts";

const [file = "", times = "20"] = process.argv.slice(2);
if (file === "" || !/^[1-9]\d*$/.test(times)) {
  process.stderr.write(
    "Say which file and how often: make flaky FILE=test-e2e/nodes/actions.e2e.test.ts TIMES=20\n",
  );
  process.exit(64);
}

let failures = 0;
for (let round = 1; round <= Number(times); round += 1) {
  const result = await run("vitest", ["run", "--project", "e2e", file], {
    cwd: projectRoot,
    deadlineMs: 1_800_000,
  });
  const seconds = (result.tookMs / 1000).toFixed(0);
  if (result.code === 0) {
    say(`${round}/${times}: passed in ${seconds} s`);
    continue;
  }
  failures += 1;
  const kept = join(projectRoot, ".hotfire/flaky", `${Date.now()}`);
  await cp(join(reportsFolder, "evidence"), join(kept, "evidence"), { recursive: true }).catch(
    () => undefined,
  );
  const lines = `${result.stdout}\n${result.stderr}`
    .split("\n")
    .filter((line) => /^ *(FAIL|AssertionError|Error|TypeError)/.test(line));
  say(`${round}/${times}: failed in ${seconds} s, evidence in ${relative(projectRoot, kept)}`);
  for (const line of new Set(lines)) say(`  ${line.trim()}`);
}
say(`${failures} of ${times} failed`);
process.exitCode = failures > 0 ? 1 : 0;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
