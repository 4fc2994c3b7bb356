import { setTimeout as sleep } from "node:timers/promises";
import { docker } from "./docker.ts";

/** Linux counts in hundredths of a second wherever Docker runs (USER_HZ). */
const ticksPerSecond = 100;

export interface ThreadLoad {
  readonly thread: string;
  /** Of one core, 0 to 1. */
  readonly share: number;
}

/** The thread of a container's process that takes most of a core during that time. */
export async function busiestThread(container: string, duringMs: number): Promise<ThreadLoad> {
  const before = await threadTicks(container);
  const startedAt = performance.now();
  await sleep(duringMs);
  const after = await threadTicks(container);
  const seconds = (performance.now() - startedAt) / 1000;
  const loads = [...after].map(([id, { thread, ticks }]) => ({
    thread,
    share: (ticks - (before.get(id)?.ticks ?? ticks)) / ticksPerSecond / seconds,
  }));
  return loads.reduce((most, next) => (next.share > most.share ? next : most), { thread: "none", share: 0 });
}

/** proc(5): the name stands in brackets and may hold anything, user and system time are fields 14 and 15. */
async function threadTicks(
  container: string,
): Promise<ReadonlyMap<string, { readonly thread: string; readonly ticks: number }>> {
  const text = await docker(["exec", container, "sh", "-c", "cat /proc/1/task/*/stat"]);
  return new Map(
    text.split("\n").flatMap((line) => {
      const [, id, thread, rest] = /^(\d+) \((.*)\) (.*)$/.exec(line) ?? [];
      const fields = rest?.split(" ") ?? [];
      if (id === undefined || thread === undefined) return [];
      return [[id, { thread, ticks: Number(fields[11]) + Number(fields[12]) }] as const];
    }),
  );
}
