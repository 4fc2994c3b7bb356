/**
 * How precisely the workload sends, and what came back, against a cluster that is up; by hand:
 *
 *     node packages/drill/src/bench/workload-bench.ts NAMESRV[,NAMESRV] [--rate 500,1000,2000] [--seconds 20] [--bytes 256]
 *
 * The brokers' registered addresses must be reachable from here. Prints a line of JSON for each rate.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Histogram } from "@hotfire/judge";
import { clusterInfo, createConsumerGroup, createRemotingClient, createTopic } from "@hotfire/remoting";
import { HistoryWriter } from "../history-file/history-writer.ts";
import { startClock } from "../workload/clock.ts";
import { raisePriority } from "../workload/priority.ts";
import { startWorkload } from "../workload/workload.ts";

const queuesPerGroup = 4;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rate: { type: "string", default: "500,1000,2000" },
    seconds: { type: "string", default: "20" },
    bytes: { type: "string", default: "256" },
  },
});
const namesrvs = (positionals[0] ?? "127.0.0.1:9876").split(",");

const isRaised = raisePriority();
for (const rate of values.rate.split(",").map(Number)) {
  process.stdout.write(`${JSON.stringify({ rate, isRaised, ...(await measure(rate)) })}\n`);
}

async function prepare(topic: string): Promise<string[]> {
  await using remoting = createRemotingClient();
  const { brokers } = await clusterInfo(remoting, namesrvs[0] ?? "");
  for (const { brokerAddrs } of brokers.values()) {
    for (const address of brokerAddrs.values()) {
      await createTopic(remoting, address, {
        topic,
        readQueueNums: queuesPerGroup,
        writeQueueNums: queuesPerGroup,
      });
      await createConsumerGroup(remoting, address, { groupName: "workload-bench" });
    }
  }
  await sleep(1000);
  return [...brokers.keys()];
}

async function measure(rate: number) {
  const topic = `workload-bench-${process.pid}-${rate}`;
  const groups = await prepare(topic);
  const folder = await mkdtemp(join(tmpdir(), "workload-bench-"));
  const scheduling = { send: new Histogram(), consume: new Histogram() };
  const latency = new Histogram();
  let pulls = 0;
  try {
    await using writer = await HistoryWriter.create(join(folder, "history.ndjson"));
    const clock = startClock();
    const cpu = process.cpuUsage();
    const workload = startWorkload({
      clock,
      record: (record) => {
        scheduling[record.type].add(record.sent - record.scheduled);
        if (record.type === "send") latency.add(record.done - record.scheduled);
        else pulls += 1;
        void writer.write(record);
      },
      namesrvs: () => namesrvs,
      brokerOf: (address) => address,
      topic,
      groups,
      queuesPerGroup,
      consumerGroup: "workload-bench",
      rate,
      messageBytes: Number(values.bytes),
      keys: 0,
      sendTimeoutMs: 3000,
      consume: true,
      produce: true,
    });
    await sleep(Number(values.seconds) * 1000);
    await workload.stopSending();
    const { user, system } = process.cpuUsage(cpu);
    const seconds = clock.now() / 1e6;
    const isDrained = await workload.drained(10_000);
    await workload.stop();
    return {
      sent: workload.stats.sent,
      ...Object.fromEntries([...workload.stats.groups].map(([group, stats]) => [group, stats])),
      isDrained,
      pullsPerSecond: Math.round(pulls / seconds),
      schedulingErrorMs: quantiles(scheduling.send),
      pullSchedulingErrorMs: quantiles(scheduling.consume),
      latencyMs: quantiles(latency),
      cpuShareOfOneCore: Number(((user + system) / 1e6 / seconds).toFixed(2)),
      rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function quantiles(histogram: Histogram) {
  const ms = (micros: number | undefined) => Number(((micros ?? 0) / 1000).toFixed(2));
  return {
    p50: ms(histogram.quantile(0.5)),
    p99: ms(histogram.quantile(0.99)),
    p999: ms(histogram.quantile(0.999)),
    max: ms(histogram.max),
  };
}
