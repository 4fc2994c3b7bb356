import { setTimeout as sleep } from "node:timers/promises";
import { connect, type DockerClient, findCluster, readStatus } from "@hotfire/engine";
import { createRemotingClient, RemotingError, send, topicRoute } from "@hotfire/remoting";
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
    const docker = await connect();
    await createTopicEverywhere(cluster.remoting, namesrvs, topic, queues);
    const results = [];
    for (const size of sizes) {
      await fill(namesrvs[0] ?? "", size * gib - ((await leaderOf(docker, cluster))?.committed ?? 0));
      for (const who of ["follower", "leader"] as const) {
        const node = (await positions(docker, cluster)).find(({ role }) => role === who)?.name;
        if (node === undefined) throw new Error(`no ${who}`);
        await cluster.nodeJson("kill", node);
        await someLeader(docker, cluster, node);
        await fill(namesrvs[0] ?? "", missedBytes);
        const started = performance.now();
        const starts = cluster.nodeJson("start", node);
        const answersMs = await untilIn(docker, cluster, node, started, () => true);
        const caughtUpMs = await untilIn(docker, cluster, node, started, (mine, leader) => mine >= leader);
        await starts;
        say(
          `${size} GiB, killed ${who.padEnd(8)} answers after ${round(answersMs / 1000, 1)} s, has everything after ${round(caughtUpMs / 1000, 1)} s`,
        );
        results.push({ gibibytes: size, killed: who, answersMs, caughtUpMs });
      }
    }
    return results;
  },
};

/** So many bytes more in the log, in large messages. A full broker refuses some (flow control); they are sent again. */
async function fill(namesrv: string, bytes: number): Promise<void> {
  await using client = createRemotingClient();
  const route = await topicRoute(client, namesrv, topic);
  const leader = route.brokerDatas[0]?.brokerAddrs.get(0);
  if (leader === undefined) throw new Error("no leader in the route");
  const body = Buffer.alloc(bodyBytes, "x");
  let left = Math.ceil(bytes / bodyBytes);
  const isStored = (queueId: number) =>
    send(client, leader, { topic, queueId, body }).then(
      ({ status }) => status === "stored",
      (error: unknown) => {
        if (error instanceof RemotingError && error.response?.name === "SYSTEM_BUSY") return false;
        throw error;
      },
    );
  const lane = async (queueId: number) => {
    while (left > 0) {
      if (await isStored(queueId)) left--;
      else await sleep(20);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, (_, index) => lane(index % queues)));
}

interface Position {
  readonly name: string;
  readonly role: string | undefined;
  /** Bytes of log that are committed, as the broker knows. */
  readonly committed: number;
}

/** Of each broker that answers. */
async function positions(docker: DockerClient, cluster: TestCluster): Promise<readonly Position[]> {
  const found = await findCluster(docker, cluster.name);
  if (found === undefined) throw new Error("the cluster is gone");
  const { nodes } = await readStatus(docker, found);
  return nodes.flatMap(({ name, role, replication }) =>
    replication?.kind === "dledger" && replication.committed !== undefined
      ? [{ name, role, committed: replication.committed }]
      : [],
  );
}

async function leaderOf(docker: DockerClient, cluster: TestCluster): Promise<Position | undefined> {
  return (await positions(docker, cluster)).find(({ role }) => role === "leader");
}

/** Until somebody else leads, and for a moment longer, until it is in the route. */
async function someLeader(docker: DockerClient, cluster: TestCluster, killed: string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const leader = await leaderOf(docker, cluster);
    if (leader !== undefined && leader.name !== killed) return void (await sleep(2000));
    await sleep(200);
  }
  throw new Error("nobody leads");
}

/** Milliseconds since `started` when the node has committed enough, compared with its leader. */
async function untilIn(
  docker: DockerClient,
  cluster: TestCluster,
  node: string,
  started: number,
  isEnough: (mine: number, leaders: number) => boolean,
): Promise<number> {
  while (performance.now() < started + patienceMs) {
    const all = await positions(docker, cluster);
    const mine = all.find(({ name }) => name === node);
    const leader = all.find(({ role }) => role === "leader");
    if (mine !== undefined && leader !== undefined && isEnough(mine.committed, leader.committed)) {
      return performance.now() - started;
    }
    await sleep(100);
  }
  throw new Error(`${node} does not come back`);
}
