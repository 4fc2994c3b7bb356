import { ClusterAccess } from "../server/rocketmq/access.ts";
import { ClusterWatch } from "../server/watch/cluster-watch.ts";
import { type FakeCluster, namesrv } from "./fake-cluster.ts";

const realTime = (ms: number) => new Promise<unknown>((resolve) => setTimeout(resolve, ms));

/**
 * A watch that has seen the roles of so many brokers, and the access that goes with it. Stop it with `await using`.
 * With fake timers, `pass` moves them on.
 */
export async function watched(
  cluster: FakeCluster,
  brokers: number,
  pass: (ms: number) => Promise<unknown> = realTime,
): Promise<{ access: ClusterAccess; watch: ClusterWatch } & AsyncDisposable> {
  const watch = new ClusterWatch(cluster.client, [namesrv], []);
  watch.start();
  const stop = watch.subscribe({});
  while (watch.brokers.filter(({ role }) => role !== "unknown").length < brokers) {
    await pass(5);
  }
  return {
    access: new ClusterAccess(cluster.client, watch),
    watch,
    [Symbol.asyncDispose]: async () => {
      stop();
      await watch[Symbol.asyncDispose]();
    },
  };
}
