/**
 * @module-tag quick
 * No secret leaves in an export or a log.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createRemotingClient, updateBrokerConfig } from "@hotfire/remoting";
import { describe, expect } from "vitest";
import { z } from "zod";
import { brokerAddresses } from "../support/broker-address.ts";
import { clusterTest } from "../support/cluster-test.ts";
import { failureOf } from "../support/failure.ts";
import { hotfire, hotfireJson, startHotfire } from "../support/hotfire.ts";
import { specFile } from "../support/names.ts";
import { succeeded } from "../support/run.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { until } from "../support/until.ts";

const it = clusterTest({ of: specFile("evidence"), purpose: "evidence" });
const secret = "correct-horse-battery-staple";

describe("export", () => {
  it("writes one folder with everything a bug report needs, without secrets", async ({ cluster }) => {
    await using folder = await tempFolder();
    const output = join(folder.path, "report");
    // No spec takes a secret; a broker does while it runs, and its log repeats what it was told.
    await using client = createRemotingClient();
    for (const broker of await brokerAddresses(cluster)) {
      await updateBrokerConfig(client, broker, { objectStoreSecretKey: secret });
    }
    const schema = z.object({
      folder: z.string(),
      files: z.array(z.string()),
      problems: z.array(z.string()),
    });
    const result = await hotfireJson(schema, ["export", cluster.name, "--output", output]);
    expect(result.problems).toEqual([]);
    const nodes = ["namesrv-0", "broker-a-0"];
    expect(result.files).toEqual(
      expect.arrayContaining([
        ...[
          "compose.yaml",
          "doctor.json",
          "plan.json",
          "spec.json",
          "status.json",
          "verify.json",
          "versions.json",
        ],
        ...nodes.flatMap((node) => [`logs/${node}.log`, `containers/${node}.json`]),
      ]),
    );
    const written = (await readdir(output, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    expect(written.length).toBe(result.files.length);
    for (const entry of written) {
      const file = join(entry.parentPath, entry.name);
      const text = await readFile(file, "utf8");
      expect(text.length, file).toBeGreaterThan(10);
      expect(text, file).not.toContain(secret);
    }
    expect(await readFile(join(output, "logs", "broker-a-0.log"), "utf8")).toContain(
      "objectStoreSecretKey=(left out)",
    );
    expect(JSON.parse(await readFile(join(output, "status.json"), "utf8"))).toMatchObject({ state: "ready" });
  });

  it("does not write into a folder that has something", async ({ cluster }) => {
    const failure = await failureOf(["export", cluster.name, "--output", "/etc"]);
    expect(failure).toMatchObject({ exitCode: 3, code: "EXPORT_FAILED" });
    expect(failure.message).toContain("/etc is not empty");
  });
});

const line = z.object({
  node: z.string(),
  at: z.iso.datetime(),
  stream: z.enum(["stdout", "stderr"]),
  text: z.string(),
});

function lines(text: string) {
  return text
    .trim()
    .split("\n")
    .map((json) => line.parse(JSON.parse(json)));
}

describe("logs", () => {
  it("of all nodes are in the order of their times", async ({ cluster }) => {
    const found = lines(succeeded(await hotfire(["logs", cluster.name, "--json"])).stdout);
    expect([...new Set(found.map(({ node }) => node))].sort()).toEqual(["broker-a-0", "namesrv-0"]);
    const times = found.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
  });

  it("of a role, the last lines only", async ({ cluster }) => {
    const args = ["logs", cluster.name, "--node", "broker-a:master", "--tail", "3", "--json"];
    const found = lines(succeeded(await hotfire(args)).stdout);
    expect(found.map(({ node }) => node)).toEqual(Array(3).fill("broker-a-0"));
  });

  it("follow shows new lines until Ctrl-C", async ({ cluster }) => {
    const following = startHotfire(["logs", cluster.name, "--follow", "--tail", "0"], { group: true });
    try {
      // A restarted name server says how much memory it takes.
      await until(
        "the log is being read",
        async () => {
          await cluster.node("restart", "namesrv-0");
          return following.output().includes("hotfire: memory limit");
        },
        { everyMs: 2000, deadlineMs: 60_000 },
      );
    } finally {
      following.interrupt();
    }
    const result = await following.finished;
    expect(result.code).toBe(130);
    expect(result.stdout).toMatch(/^namesrv-0 +hotfire: memory limit/m);
  });
});

describe("status --watch", () => {
  it("shows the cluster again and again until Ctrl-C", async ({ cluster }) => {
    const watching = startHotfire(["status", cluster.name, "--watch", "--json"], { group: true });
    await until("two rounds", async () => watching.output().split('"tookMs"').length > 2);
    watching.interrupt();
    expect((await watching.finished).code).toBe(130);
  });
});
