import { type ChildProcess, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { type ActiveFault, actOnNode, type DockerClient, findCluster, injectFault } from "@hotfire/engine";

/**
 * load: nothing but the load. cores: a busy process for every core beside it. squeeze: the leaders get a fifth of a core for 15 s of
 * every 30. stalls: the leaders are frozen for a quarter of a second every few seconds, as by a garbage collection.
 */
export const strains = ["load", "cores", "squeeze", "stalls"] as const;
export type Strain = (typeof strains)[number];

export interface Strained {
  readonly docker: DockerClient;
  readonly clusters: readonly string[];
}

const leader = "broker-a:leader";
const squeezedCpus = 0.2;
const squeezeMs = 15_000;
const stallMs = 250;
const betweenStallsMs = 4000;

/** In force until it is disposed of. */
export async function beginStrain(strain: Strain, strained: Strained): Promise<AsyncDisposable> {
  if (strain === "load") return { [Symbol.asyncDispose]: async () => {} };
  if (strain === "cores") return burnCores();
  const over = new AbortController();
  const work = Promise.all(
    strained.clusters.map((cluster) =>
      strain === "squeeze"
        ? squeezeAgain(strained.docker, cluster, over.signal)
        : stallAgain(strained.docker, cluster, over.signal),
    ),
  );
  work.catch(() => {});
  return {
    [Symbol.asyncDispose]: async () => {
      over.abort();
      await work;
    },
  };
}

function burnCores(): AsyncDisposable {
  const burners: ChildProcess[] = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
  );
  const kill = () => burners.forEach((burner) => void burner.kill("SIGKILL"));
  process.once("exit", kill);
  return {
    [Symbol.asyncDispose]: async () => {
      process.off("exit", kill);
      kill();
    },
  };
}

async function squeezeAgain(docker: DockerClient, cluster: string, signal: AbortSignal): Promise<void> {
  for (let count = 1; !signal.aborted; count += 1) {
    const action = { kind: "cpu-squeeze", cpus: squeezedCpus } as const;
    let fault: ActiveFault | undefined;
    try {
      fault = await injectFault(
        { docker, cluster },
        { id: `squeeze-${count}`, action, target: leader, leaseMs: squeezeMs * 2 },
      );
      await pause(squeezeMs, signal);
    } finally {
      await fault?.heal();
    }
    await pause(squeezeMs, signal);
  }
}

async function stallAgain(docker: DockerClient, cluster: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const found = await findCluster(docker, cluster);
    if (found === undefined) throw new Error(`${cluster} is gone`);
    const { node } = await actOnNode(docker, found, "pause", leader);
    await sleep(stallMs);
    const frozen = await findCluster(docker, cluster);
    if (frozen !== undefined) await actOnNode(docker, frozen, "unpause", node);
    await pause(betweenStallsMs, signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
