/**
 * @module-tag quick
 * Every other file relies on it.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { docker, labelled, leftOf } from "../support/docker.ts";
import { projectRoot } from "../support/names.ts";
import { run, succeeded } from "../support/run.ts";

/** What a killed run may leave of a cluster; one volume is enough. */
async function leave(cluster: string, ...labels: readonly string[]): Promise<AsyncDisposable> {
  const all = [`io.hotfire.cluster=${cluster}`, ...labels];
  const id = await docker(["volume", "create", ...all.flatMap((label) => ["--label", label])]);
  return { [Symbol.asyncDispose]: () => docker(["volume", "rm", "--force", id]).then(() => {}) };
}

describe("what a killed test run left", () => {
  it("is removed before the next one, by name or claim; a living run's and a person's clusters stay", async () => {
    const dead = spawn("true");
    await once(dead, "exit");
    const byName = `e2e-p${dead.pid}-killed`;
    const byClaim = `fixed-name-of-${dead.pid}`;
    const living = `e2e-p${process.ppid}-living`;
    const persons = `of-a-person-${dead.pid}`;
    await using _ = await leave(byName);
    await using __ = await leave(byClaim);
    await using ___ = await leave(living);
    await using ____ = await leave(persons);
    const claim = [`io.hotfire.test.run=p${dead.pid}`, `io.hotfire.test.cluster=${byClaim}`];
    await docker([
      "volume",
      "create",
      ...claim.flatMap((label) => ["--label", label]),
      `hotfire-test-${byClaim}`,
    ]);

    const script = ["scripts/ci/remove-leftovers.ts"];
    const env = { HOTFIRE_TEST_RUN: `p${dead.pid}0` };
    const said = succeeded(await run(process.execPath, script, { cwd: projectRoot, env }));
    for (const cluster of [byName, byClaim]) {
      expect(said.stderr).toContain(cluster);
      expect(await leftOf(cluster)).toEqual([]);
    }
    for (const cluster of [living, persons]) expect(await leftOf(cluster)).toHaveLength(1);
    expect(await labelled(`io.hotfire.test.cluster=${byClaim}`)).toEqual([]);
  });
});
