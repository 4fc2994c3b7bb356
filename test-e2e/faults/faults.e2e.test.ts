/**
 * @module-tag quick
 * A fault that is not in force, or not healed, makes every drill worthless.
 */
import { connect as dial } from "node:net";
import { fileURLToPath } from "node:url";
import {
  type ActiveFault,
  connect,
  ensureFaultImage,
  type FaultAction,
  healCluster,
  injectFault,
  isEngineError,
} from "@hotfire/engine";
import { beforeAll, describe, expect } from "vitest";
import { addressOfNode, masterOf, ready } from "../support/broker-address.ts";
import type { TestCluster } from "../support/cluster.ts";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { docker as dockerCli } from "../support/docker.ts";
import { guardianOf } from "../support/guardian.ts";
import { run } from "../support/run.ts";
import { until } from "../support/until.ts";

const it = sharedClusterTest("dledger");
const docker = await connect();
const parent = fileURLToPath(new URL("./dying-parent.ts", import.meta.url));
/** `make test` has one fault of each sort, its end by lease and by guardian, and drills with the rest. */
const inTestAll = { tags: ["full"] };
let count = 0;

async function inject(
  cluster: TestCluster,
  action: FaultAction,
  target: string,
  leaseMs = 120_000,
): Promise<ActiveFault> {
  const request = { id: `test-${count++}`, action, target, leaseMs };
  return injectFault({ docker, cluster: cluster.name }, request);
}

/** What this host gets from a port: only a cut off one is silent. */
async function reach(address: string): Promise<"connected" | "refused" | "silent"> {
  const [host = "", port = ""] = address.split(":");
  return new Promise((resolve) => {
    const socket = dial({ host, port: Number(port), timeout: 500 });
    const end = (result: "connected" | "refused" | "silent") => {
      socket.destroy();
      resolve(result);
    };
    socket.once("connect", () => end("connected"));
    socket.once("timeout", () => end("silent"));
    socket.once("error", () => end("refused"));
  });
}

async function helpersOf(cluster: TestCluster): Promise<string> {
  const filters = [
    "--filter",
    `label=io.hotfire.cluster=${cluster.name}`,
    "--filter",
    "label=io.hotfire.fault",
  ];
  return dockerCli(["container", "ls", "--all", "--quiet", ...filters]);
}

beforeAll(async () => {
  await ensureFaultImage(docker);
});

describe("faults", () => {
  it("kill, pause and a CPU limit are proven, and so is their end", async ({ cluster }) => {
    const killed = await inject(cluster, { kind: "kill" }, "namesrv-1");
    expect(killed.proof.seen).toContain("code 137");
    const paused = await inject(cluster, { kind: "pause" }, "namesrv-0");
    expect(paused.proof.seen).toContain("no answer");
    const squeezed = await inject(cluster, { kind: "cpu-squeeze", cpus: 0.5 }, "broker-a:follower");
    expect(squeezed.nodes).toHaveLength(2);
    expect(squeezed.groups).toEqual(["broker-a"]);
    expect(squeezed.proof.seen).toContain("0.5 CPUs");
    expect((await squeezed.heal()).seen).toContain("no limit");
    expect((await paused.heal()).seen).toContain("answers");
    expect((await killed.heal()).seen).toContain("running");
    await ready(cluster);
  });

  for (const direction of ["both", "in", "out"] as const) {
    const options = direction === "both" ? {} : inTestAll;
    it(
      `a cut from clients, direction ${direction}, is seen from this host and is gone after`,
      options,
      async ({ cluster }) => {
        const address = await addressOfNode(cluster, "broker-a-0");
        expect(await reach(address)).toBe("connected");
        const cut = await inject(cluster, { kind: "cut", from: ["clients"], direction }, "broker-a-0");
        expect(await reach(address)).toBe("silent");
        expect(cut.proof.seen).toContain("from this host silent");
        expect((await cut.heal()).seen).toContain("the rules are gone");
        expect(await reach(address)).toBe("connected");
        expect(await helpersOf(cluster)).toBe("");
      },
    );
  }

  it(
    "a leader that is cut off from its peers only loses the group, and keeps its clients",
    inTestAll,
    async ({ cluster }) => {
      const leader = await masterOf(cluster, "broker-a");
      const cut = await inject(
        cluster,
        { kind: "cut", from: ["peers"], direction: "both" },
        "broker-a:leader",
      );
      expect(cut.nodes).toEqual([leader]);
      expect(await reach(await addressOfNode(cluster, leader))).toBe("connected");
      await until("the others have elected one of them", async () => {
        const { nodes } = await cluster.status();
        return nodes.some(({ name, role }) => role === "leader" && name !== leader);
      });
      await cut.heal();
      await ready(cluster);
    },
  );

  it("a partition keeps each node of a room from every node outside, and from no client", async ({
    cluster,
  }) => {
    const leader = await masterOf(cluster, "broker-a");
    const { nodes } = await cluster.status();
    const [inside, outside] = nodes.flatMap(({ name, role }) => (role === "follower" ? [name] : []));
    const room = `broker-a:leader, ${inside}, namesrv-0`;
    const cut = await inject(cluster, { kind: "cut", from: ["rest"], direction: "both" }, room);
    expect(cut.nodes.toSorted()).toEqual([leader, inside, "namesrv-0"].toSorted());
    expect(cut.groups).toEqual(["broker-a"]);
    expect(cut.proof.seen.match(/ silent/g)).toHaveLength(3);
    for (const name of [leader, inside, outside]) {
      expect(await reach(await addressOfNode(cluster, name ?? ""))).toBe("connected");
    }
    const [namesrv = "", other = ""] = await cluster.namesrvs();
    expect([await reach(namesrv), await reach(other)]).toEqual(["connected", "connected"]);
    expect((await cut.heal()).seen).toContain("the rules are gone");
    await ready(cluster);
    expect(await helpersOf(cluster)).toBe("");
  });

  it("loss and a slow link drop packets", inTestAll, async ({ cluster }) => {
    for (const action of [
      { kind: "loss", from: ["peers"], percent: 30 },
      { kind: "throttle", from: ["peers"], bytesPerSecond: 50_000 },
    ] as const) {
      const fault = await inject(cluster, action, "broker-a:follower");
      expect(fault.proof.seen).toMatch(/[1-9]\d* packets from it/);
      await fault.heal();
    }
  });

  it("a network fault ends with its lease", async ({ cluster }) => {
    const address = await addressOfNode(cluster, "broker-a-1");
    const cut = await inject(
      cluster,
      { kind: "cut", from: ["clients"], direction: "both" },
      "broker-a-1",
      15_000,
    );
    expect(await reach(address)).toBe("silent");
    await until("it can be reached", async () => (await reach(address)) === "connected");
    expect((await cut.heal()).seen).toContain("the lease had ended");
  });

  it("without a target is an error that leaves nothing", inTestAll, async ({ cluster }) => {
    const follower = (await cluster.status()).nodes.find(({ role }) => role === "follower")?.name ?? "";
    const stopped = await inject(cluster, { kind: "kill" }, follower);
    const again = await inject(cluster, { kind: "pause" }, follower).catch((error: unknown) => error);
    expect(isEngineError(again, "FAULT_NO_TARGET")).toBe(true);
    const nobody = await inject(cluster, { kind: "kill" }, "broker-b:leader").catch(
      (error: unknown) => error,
    );
    expect(isEngineError(nobody, "FAULT_NO_TARGET")).toBe(true);
    await stopped.heal();
    await ready(cluster);
    expect(await helpersOf(cluster)).toBe("");
  });

  it("are healed by a guardian when their process is killed", async ({ cluster }) => {
    const address = await addressOfNode(cluster, "broker-a-0");
    const guardian = await guardianOf(cluster.name);
    const died = await run(process.execPath, [parent, cluster.name, "broker-a-0", "namesrv-0"], {
      group: true,
    });
    expect(died.signal, died.stderr).toBe("SIGKILL");
    await guardian.ended();
    expect(await reach(address)).toBe("connected");
    await ready(cluster);
    expect(await helpersOf(cluster)).toBe("");
  });

  it("are healed by label, also rules whose helper was killed", async ({ cluster }) => {
    await inject(cluster, { kind: "cut", from: ["clients"], direction: "both" }, "broker-a-2");
    await inject(cluster, { kind: "kill" }, "namesrv-1");
    await dockerCli(["container", "rm", "--force", await helpersOf(cluster)]);
    const address = await addressOfNode(cluster, "broker-a-2");
    expect(await reach(address)).toBe("silent");
    const { steps } = await healCluster({ docker, cluster: cluster.name });
    expect(steps.map(({ node }) => node).sort()).toEqual(["broker-a-2", "namesrv-1"]);
    expect(await reach(address)).toBe("connected");
    await ready(cluster);
    expect(await healCluster({ docker, cluster: cluster.name })).toEqual({ steps: [] });
  });
});
