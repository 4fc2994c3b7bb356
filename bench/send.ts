import { createRemotingClient, type RemotingClient, send, topicRoute } from "@hotfire/remoting";
import { z } from "zod";
import { javaImage } from "../test-e2e/support/clients.ts";
import { startCluster } from "../test-e2e/support/cluster.ts";
import { jsonOf } from "../test-e2e/support/hotfire.ts";
import { run, succeeded } from "../test-e2e/support/run.ts";
import { createTopicEverywhere } from "../test-e2e/support/topics.ts";
import type { Bench } from "./bench.ts";
import { round, spread } from "./statistics.ts";

const bodyBytes = 256;
const loads = [
  { inFlight: 1, count: 5_000 },
  { inFlight: 64, count: 50_000 },
];
const queues = 8;
const turns = 3;

const measured = z.object({
  failed: z.number(),
  perSecond: z.number(),
  p50Us: z.number(),
  p99Us: z.number(),
});
type Measured = z.output<typeof measured>;

export const sendBench: Bench = {
  name: "send",
  about: `sends of ${bodyBytes} bytes to one broker: this client and the official Java producer in turn, ${turns} times each`,
  async run(say) {
    await using cluster = await startCluster({ of: "single-master", purpose: "bench-send" });
    const namesrvs = await cluster.namesrvs();
    const topic = "bench";
    await createTopicEverywhere(cluster.remoting, namesrvs, topic, queues);
    const results = [];
    for (const load of loads) {
      const ours: Measured[] = [];
      const java: Measured[] = [];
      for (let turn = 0; turn < turns; turn++) {
        ours.push(await sendWithOurs(namesrvs[0] ?? "", topic, load));
        java.push(await sendWithJava(namesrvs.join(";"), topic, load));
      }
      for (const [client, runs] of Object.entries({ hotfire: ours, java })) {
        const middle = summary(runs);
        results.push({ client, ...load, ...middle });
        say(
          `${String(load.inFlight).padStart(3)} in flight  ${client.padEnd(8)}` +
            `${String(middle.perSecond).padStart(7)}/s  p50 ${middle.p50Us} us  p99 ${middle.p99Us} us`,
        );
      }
    }
    return results;
  },
};

function summary(runs: readonly Measured[]): Measured {
  const median = (pick: (run: Measured) => number) => round(spread(runs.map(pick)).median);
  return {
    failed: runs.reduce((sum, { failed }) => sum + failed, 0),
    perSecond: median(({ perSecond }) => perSecond),
    p50Us: median(({ p50Us }) => p50Us),
    p99Us: median(({ p99Us }) => p99Us),
  };
}

interface Load {
  readonly inFlight: number;
  readonly count: number;
}

async function sendWithJava(namesrv: string, topic: string, { count, inFlight }: Load): Promise<Measured> {
  const words = [namesrv, topic, String(count), String(inFlight), String(bodyBytes)];
  const args = ["run", "--rm", "--network", "host", javaImage, "SendBench", ...words];
  return measured.parse(jsonOf(succeeded(await run("docker", args))));
}

/** As the Java program does: a warm-up of as many sends first, on a connection of its own. */
async function sendWithOurs(namesrv: string, topic: string, load: Load): Promise<Measured> {
  await using client = createRemotingClient();
  const route = await topicRoute(client, namesrv, topic);
  const broker = route.brokerDatas[0]?.brokerAddrs.get(0);
  if (broker === undefined) throw new Error("no master in the route");
  await sendAll(client, broker, topic, load);
  return await sendAll(client, broker, topic, load);
}

async function sendAll(
  client: RemotingClient,
  broker: string,
  topic: string,
  { count, inFlight }: Load,
): Promise<Measured> {
  const body = Buffer.alloc(bodyBytes, "x");
  const micros: number[] = [];
  let next = 0;
  let failed = 0;
  const lane = async () => {
    while (next < count) {
      const queueId = next++ % queues;
      const sent = performance.now();
      const { status } = await send(client, broker, { topic, queueId, body });
      micros.push((performance.now() - sent) * 1000);
      if (status !== "stored") failed++;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - started) / 1000;
  const sorted = micros.toSorted((a, b) => a - b);
  return {
    failed,
    perSecond: round(count / seconds),
    p50Us: round(sorted[Math.floor(count / 2)] ?? Number.NaN),
    p99Us: round(sorted[Math.floor(count * 0.99)] ?? Number.NaN),
  };
}
