import { Consumer } from "./consumer.ts";
import { Counters } from "./counters.ts";
import { Producer } from "./producer.ts";
import { RouteTable } from "./route-table.ts";
import type { Workload, WorkloadOptions } from "./workload-options.ts";

/** With a group that has no master the load begins all the same, and fails there. */
const routeDeadlineMs = 2000;

/**
 * Sends and consumes, on schedule whatever comes back, as soon as the name servers have told where to; the topic must be
 * there and routed.
 */
export function startWorkload(options: WorkloadOptions): Workload {
  const counters = new Counters(options.groups);
  const routes = new RouteTable(options);
  const producer = options.produce ? new Producer(options, routes, counters) : undefined;
  const consumer = options.consume ? new Consumer(options, routes, counters) : undefined;
  let isStopped = false;
  const begun = routes.complete(options.groups, routeDeadlineMs).then(() => {
    if (isStopped) return;
    producer?.start();
    consumer?.start();
  });
  return {
    stats: counters,
    burst: async (group, options) => {
      await begun;
      await producer?.burst(group, options);
    },
    pauseSending: async () => {
      await begun;
      await producer?.stopSending();
    },
    resumeSending: async () => {
      await begun;
      producer?.resumeSending();
    },
    stopSending: async () => {
      await begun;
      await producer?.stopSending();
    },
    drained: async (deadlineMs) => {
      const acknowledgedEnd = (group: string, queue: number) => producer?.acknowledgedEnd(group, queue) ?? 0;
      return consumer === undefined || consumer.drained(deadlineMs, acknowledgedEnd);
    },
    stop: async () => {
      isStopped = true;
      await Promise.all([producer?.stop(), consumer?.stop()]);
      await routes.close();
    },
  };
}
