/**
 * @module-tag full
 * A cluster that is changed, taken down and made anew has to be its own.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addressOfNode } from "../support/broker-address.ts";
import { startCluster } from "../support/cluster.ts";
import { docker } from "../support/docker.ts";
import { hotfire, hotfireJson } from "../support/hotfire.ts";
import { readTexts, sendTexts } from "../support/messages.ts";
import { specFile } from "../support/names.ts";
import { downSchema, upSchema } from "../support/schemas.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { createTopicEverywhere } from "../support/topics.ts";

const smallest = "version: 1\nname: smallest\nmode: single-master\nnamesrvs: 1\nconsole: false\n";
const queue = { topic: "Stored", queueId: 0 };

/** Every container of a cluster, and whether it runs: the same before and after, nothing was touched. */
function containersOf(cluster: string): Promise<string> {
  const format = "{{.Names}} {{.ID}} {{.State}}";
  return docker([
    "container",
    "ls",
    "--all",
    "--no-trunc",
    "--filter",
    `label=io.hotfire.cluster=${cluster}`,
    "--format",
    format,
  ]);
}

describe("a change that the stored data cannot bear", () => {
  it("is refused before anything is touched, by every command, and happens where it is asked for by node", async () => {
    await using temp = await tempFolder();
    const changed = join(temp.path, "changed.yaml");
    await writeFile(changed, `${smallest}properties: { mappedFileSizeConsumeQueue: 300000 }\n`);
    await using cluster = await startCluster({ of: specFile("smallest"), purpose: "stored" });
    await createTopicEverywhere(cluster.remoting, await cluster.namesrvs(), queue.topic);
    await sendTexts(cluster.remoting, { ...queue, broker: await addressOfNode(cluster, "broker-a-0") }, [
      "kept",
    ]);
    const before = await containersOf(cluster.name);
    const again = ["up", changed, "--name", cluster.name, "--port-offset", "auto", "--no-build"];

    for (const args of [
      again,
      ["restart", cluster.name, "--rolling", "--spec", changed],
      ["render", changed, "--name", cluster.name],
    ]) {
      const { code, stdout, stderr } = await hotfire(args);
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      expect(stderr).toMatch(/mappedFileSizeConsumeQueue from 6000000 to 300000.*\[STORED_DATA\]/);
    }
    expect(await containersOf(cluster.name)).toBe(before);
    const there = { ...queue, broker: await addressOfNode(cluster, "broker-a-0") };
    expect(await readTexts(cluster.remoting, there)).toEqual(["kept"]);

    await hotfireJson(downSchema, ["down", cluster.name, "--keep-volumes"]);
    expect((await hotfire(again)).stderr).toContain("[STORED_DATA]");
    const { result } = await hotfireJson(upSchema, [...again, "--new-volumes", "broker-a-0"]);
    expect(result.change).toBe("created");
  });
});
