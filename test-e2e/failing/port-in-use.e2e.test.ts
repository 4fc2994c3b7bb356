/**
 * @module-tag quick
 * Something of another program is in the way.
 */
import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect } from "vitest";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { leftOf } from "../support/docker.ts";
import { failureOf } from "../support/failure.ts";
import { clusterName } from "../support/names.ts";

const it = sharedClusterTest("single-master");

describe("a port in use", () => {
  it("by a process: names the process, before anything is created", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const name = clusterName("port-of-process");
      const spec = `version: 1\nname: ${name}\nmode: single-master\nnamesrvs: 1\nports: { namesrv: ${port} }\n`;
      const failure = await failureOf(["up", "-", "--no-build"], { input: spec });
      expect(failure).toMatchObject({ exitCode: 3, code: "PORT_IN_USE", blame: "user" });
      expect(failure.message).toContain(`127.0.0.1:${port} (for namesrv-0)`);
      expect(failure.message).toContain(`(pid ${process.pid})`);
      expect(failure.hint).toContain("--port-offset auto");
      expect(await leftOf(name)).toEqual([]);
    } finally {
      server.close();
    }
  });

  it("by another cluster: names the cluster and the node", async ({ cluster }) => {
    const [first = ""] = await cluster.namesrvs();
    const port = first.split(":")[1];
    const name = clusterName("port-of-cluster");
    const spec = `version: 1\nname: ${name}\nmode: single-master\nnamesrvs: 1\nports: { namesrv: ${port} }\n`;
    const failure = await failureOf(["up", "-", "--no-build"], { input: spec });
    expect(failure).toMatchObject({ exitCode: 3, code: "PORT_IN_USE", blame: "user" });
    expect(failure.message).toContain(`held by namesrv-0 of the cluster "${cluster.name}"`);
    expect(failure.hint).toContain(`hotfire down ${cluster.name}`);
    expect(await leftOf(name)).toEqual([]);
  });
});
