import { docker, leftOf } from "./docker.ts";
import { testRun } from "./names.ts";

const runLabel = "io.hotfire.test.run";
const clusterLabel = "io.hotfire.test.cluster";

export interface Claim {
  readonly cluster: string;
  readonly run: string;
}

const volumeOf = (cluster: string) => `hotfire-test-${cluster}`;

/**
 * Says on the engine that a cluster whose name is fixed is this run's, for the run after one that was killed.
 * A cluster of that name that is there already is somebody else's: it is not touched, the test fails.
 */
export async function claimCluster(cluster: string): Promise<AsyncDisposable> {
  const others = await leftOf(cluster);
  if (others.length > 0) {
    throw new Error(`The cluster "${cluster}" is there already (${others.length} objects): remove it first.`);
  }
  const labels = [`${runLabel}=${testRun()}`, `${clusterLabel}=${cluster}`];
  await docker(["volume", "create", ...labels.flatMap((label) => ["--label", label]), volumeOf(cluster)]);
  return { [Symbol.asyncDispose]: () => dropClaim(cluster) };
}

export async function dropClaim(cluster: string): Promise<void> {
  await docker(["volume", "rm", volumeOf(cluster)]);
}

export async function claims(): Promise<Claim[]> {
  const format = `{{.Label "${runLabel}"}} {{.Label "${clusterLabel}"}}`;
  const list = await docker(["volume", "ls", "--filter", `label=${runLabel}`, "--format", format]);
  return list.split("\n").flatMap((line) => {
    const [run, cluster] = line.split(" ");
    return run && cluster ? [{ run, cluster }] : [];
  });
}
