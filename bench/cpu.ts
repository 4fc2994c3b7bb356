import { readFile } from "node:fs/promises";
import { inspect } from "../test-e2e/support/docker.ts";

/** What the container's cgroup has used, from the process that is its PID 1. */
export async function cpuMicros(container: string): Promise<number> {
  const pid = (await inspect(container)).State.Pid;
  const lines = (await readFile(`/proc/${pid}/cgroup`, "utf8")).split("\n");
  // Where both hierarchies are mounted, the controllers are in the old one.
  const legacy = lines.find((line) => /:cpuacct[,:]|,cpuacct:/.test(line))?.split(":")[2];
  if (legacy !== undefined) {
    return Number(await readFile(`/sys/fs/cgroup/cpuacct${legacy}/cpuacct.usage`, "utf8")) / 1000;
  }
  const unified = lines.find((line) => line.startsWith("0::"))?.slice(3);
  const stat = await readFile(`/sys/fs/cgroup${unified}/cpu.stat`, "utf8");
  return Number(/^usage_usec (\d+)$/m.exec(stat)?.[1]);
}
