/**
 * @module-tag quick
 * Security by default.
 */
import { describe, expect } from "vitest";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { docker, inspect } from "../support/docker.ts";
import { run } from "../support/run.ts";

const it = sharedClusterTest("single-master");
const nodes = ["namesrv-0", "broker-a-0", "proxy-0"];

describe("a node's container", () => {
  it.for(nodes)(
    "%s: the JVM is PID 1, without root, capabilities or new privileges",
    async (node, { cluster }) => {
      const container = cluster.container(node);
      const status = await docker(["exec", container, "cat", "/proc/1/status"]);
      const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, "m").exec(status)?.[1];
      expect(field("Name")).toBe("java");
      expect(field("Uid")?.split("\t")).toEqual(["3000", "3000", "3000", "3000"]);
      expect([field("CapEff"), field("CapPrm"), field("CapBnd")]).toEqual(Array(3).fill("0000000000000000"));
      expect(field("NoNewPrivs")).toBe("1");
    },
  );

  it.for(nodes)("%s: the root file system is read-only, even for root", async (node, { cluster }) => {
    const result = await run("docker", [
      "exec",
      "--user",
      "0",
      cluster.container(node),
      "touch",
      "/opt/rocketmq/x",
    ]);
    expect(result.code).not.toBe(0);
    expect(result.stderr).toContain("Read-only file system");
  });

  it("has its data on a new named volume that it can write, without any chown", async ({ cluster }) => {
    const container = cluster.container("broker-a-0");
    const files = await docker(["exec", container, "find", "/var/lib/rocketmq", "-type", "f"]);
    expect(files).toContain("/commitlog/");
    const foreign = await docker(["exec", container, "find", "/var/lib/rocketmq", "!", "-user", "3000"]);
    expect(foreign).toBe("");
  });

  it.for(nodes)("%s: logs go to stdout, rotated, and not to files", async (node, { cluster }) => {
    const container = cluster.container(node);
    const { stdout, stderr } = await run("docker", ["logs", container]);
    expect(stderr).toBe("");
    expect(stdout).not.toMatch(/No space left|\[warning\]\[cds/);
    expect(stdout).toMatch(/^hotfire: memory limit \d+m: heap \d+m/m);
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z INFO +Rocketmq/m);
    const { Type, Config } = (await inspect(container)).HostConfig.LogConfig;
    expect({ Type, ...Config }).toMatchObject({ Type: "json-file", "max-size": "10m", "max-file": "3" });
    const folders = ["/var/lib/rocketmq", "/opt/rocketmq", "/tmp", "/run"];
    // RocksDB's write-ahead logs are data.
    const files = ["-type", "f", "-name", "*.log", "!", "-path", "*/rocksdbstore/*"];
    expect(await docker(["exec", container, "find", ...folders, ...files])).toBe("");
  });

  it("stays below its memory limit at rest, with a heap that fits into it", async ({ cluster }) => {
    const { nodes: found } = await cluster.status();
    for (const { name, kind, memory } of found) {
      expect(memory.usedBytes, name).toBeLessThan(memory.limitBytes);
      if (kind === "console") continue;
      expect((memory.heapBytes ?? Number.NaN) + (memory.directBytes ?? Number.NaN), name).toBeLessThan(
        memory.limitBytes,
      );
      expect((await inspect(cluster.container(name))).State.OOMKilled).toBe(false);
    }
  });
});
