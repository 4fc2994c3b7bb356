/**
 * @module-tag full
 * Two clusters on one machine, and which of them a command means: what decides it is tested without an engine.
 */
import { describe, expect, it } from "vitest";
import { clustersOnEngine, startCluster } from "../support/cluster.ts";
import { leftOf } from "../support/docker.ts";
import { failureOf } from "../support/failure.ts";
import { hotfire, hotfireJson } from "../support/hotfire.ts";
import { namePrefix, specFile } from "../support/names.ts";
import { succeeded } from "../support/run.ts";
import { listSchema } from "../support/schemas.ts";
import { tempFolder } from "../support/temp-folder.ts";

const smallest = { of: specFile("smallest") };

describe("clusters side by side", () => {
  it("are listed, told apart and removed one by one, from any directory", async () => {
    await using elsewhere = await tempFolder();
    // At once, so that both find the same ports free.
    const both = await Promise.all(
      ["blue", "green"].map((purpose) => startCluster({ ...smallest, purpose })),
    );
    const [blue, green] = both;
    if (blue === undefined || green === undefined) throw new Error("two were started");
    await using _ = blue;
    await using __ = green;
    const listed = async () => {
      const all = await hotfireJson(listSchema, ["ls"], { cwd: elsewhere.path });
      return all.filter(({ cluster }) => cluster.startsWith(namePrefix()));
    };
    const facts = { mode: "single-master", nodes: 2, running: 2 };
    expect(await listed()).toMatchObject([
      { cluster: blue.name, ...facts },
      { cluster: green.name, ...facts },
    ]);

    const ambiguous = await failureOf(["status"], { cwd: elsewhere.path });
    expect(ambiguous).toMatchObject({ exitCode: 3, code: "CLUSTER_AMBIGUOUS" });
    expect(ambiguous.message).toContain(blue.name);
    expect(ambiguous.message).toContain(green.name);

    const untouched = (await leftOf(green.name)).sort();
    succeeded(await hotfire(["down", blue.name], { cwd: elsewhere.path }));
    expect(await leftOf(blue.name)).toEqual([]);
    expect((await leftOf(green.name)).sort()).toEqual(untouched);
    expect((await green.verify()).verdict).toBe("pass");
  });

  it("go all at once by down --all", { tags: ["full"] }, async ({ skip }) => {
    const foreign = (await clustersOnEngine()).filter((name) => !name.startsWith(namePrefix()));
    skip(foreign.length > 0, `it would remove ${foreign.join(", ")}, which are not this test's`);
    await using elsewhere = await tempFolder();
    await using red = await startCluster({ ...smallest, purpose: "red" });
    await using white = await startCluster({ ...smallest, purpose: "white" });
    succeeded(await hotfire(["down", "--all"], { cwd: elsewhere.path }));
    expect(await leftOf(red.name)).toEqual([]);
    expect(await leftOf(white.name)).toEqual([]);
  });
});
