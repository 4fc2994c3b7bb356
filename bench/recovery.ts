import { setTimeout as sleep } from "node:timers/promises";
import { connect, findCluster, readStatus } from "@hotfire/engine";
import { createRemotingClient, send, topicRoute } from "@hotfire/remoting";
import { startCluster, type TestCluster } from "../test-e2e/support/cluster.ts";
import { createTopicEverywhere } from "../test-e2e/support/topics.ts";
import type { Bench } from "./bench.ts";
import { round } from "./statistics.ts";

const gib = 1024 ** 3;
/** GIGABYTES=1,10 fills the log to each of these in turn; three brokers hold it, so ten are 30 on disk. */
const sizes = (process.env["GIGABYTES"] || "1").split(",").map(Number);
/** What a broker has missed when it comes back. */
const missedBytes = 64 * 1024 ** 2;
const bodyBytes = 128 * 1024;
const inFlight = 8;
const topic = "recovery";
const queues = 4;
const patienceMs = 600_000;

export const recoveryBench: Bench = {
  name: "recovery",
  about: "from the start of a killed DLedger broker until it has all that its leader has, with so much log",
  async run(say) {
    await using cluster = await startCluster({ of: "dledger", purpose: "bench-recovery" });
    const namesrvs = await cluster.namesrvs();
    await createTopicEverywhere(cluster.remoting, namesrvs, topic, queues);
    const results = [];
    for (const size of sizes) {
      await fill(namesrvs[0] ?? "", size * gib - ((await committed(cluster)).leader ?? 0));
      for (const who of ["follower", "leader"] as const) {
        const { node } = await cluster.nodeJson("kill", `broker-a:${who}`);
        await someLeader(cluster, node);
        await fill(namesrvs[0] ?? "", missedBytes);
        const started = performance.now();
        await cluster.nodeJson("start", node);
        const answersMs = await untilIn(cluster, node, started, (mine) => mine !== undefined);
        const caughtUpMs = await untilIn(cluster, node, started, (mine, leader) => (mine ?? -1) >= leader);
        say(
          `${size} GiB, killed ${who.padEnd(8)} answers after ${round(answersMs / 1000, 1)} s, has everything after ${round(caughtUpMs / 1000, 1)} s`,
        );
        results.push({ gibibytes: size, killed: who, answersMs, caughtUpMs });
      }
    }
    return results;
  },
};

/** So many bytes more in the log, in large messages. */
async function fill(namesrv: string, bytes: number): Promise<void> {
  await using client = createRemotingClient();
  const route = await topicRoute(client, namesrv, topic);
  const leader = route.brokerDatas[0]?.brokerAddrs.get(0);
  if (leader === undefined) throw new Error("no leader in the route");
  const body = Buffer.alloc(bodyBytes, "x");
  let left = Math.ceil(bytes / bodyBytes);
  const lane = async () => {
    while (left-- > 0) {
      const { status } = await send(client, leader, { topic, queueId: left % queues, body });
      // What a full broker refuses is sent again, as it would never be full otherwise.
      if (status !== "stored") {
        left++;
        await sleep(10);
      }
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

/** How far the log is committed, in bytes, at the leader and at each node. */
async function committed(
  cluster: TestCluster,
): Promise<{ leader: number | undefined; of: ReadonlyMap<string, number> }> {
  const docker = await connect();
  const found = await findCluster(docker, cluster.name);
  if (found === undefined) throw new Error("the cluster is gone");
  const { nodes } = await readStatus(docker, found);
  const of = new Map<string, number>();
  let leader: number | undefined;
  for (const { name, role, replication } of nodes) {
    if (replication?.kind !== "dledger" || replication.committed === undefined) continue;
    of.set(name, replication.committed);
    if (role === "leader") leader = replication.committed;
  }
  return { leader, of };
}

/** Until somebody else leads and is in the route. */
async function someLeader(cluster: TestCluster, killed: string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const { leader, of } = await committed(cluster);
    if (leader !== undefined && !of.has(killed)) return void (await sleep(2000));
    await sleep(200);
  }
  throw new Error("nobody leads");
}

/** Milliseconds since `started` when what the node has committed, and what its leader has, is enough. */
async function untilIn(
  cluster: TestCluster,
  node: string,
  started: number,
  isEnough: (mine: number | undefined, leader: number) => boolean,
): Promise<number> {
  while (performance.now() < started + patienceMs) {
    const { leader, of } = await committed(cluster);
    if (leader !== undefined && isEnough(of.get(node), leader)) return performance.now() - started;
    await sleep(100);
  }
  throw new Error(`${node} does not come back`);
}
