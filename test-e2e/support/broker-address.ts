import type { TestCluster } from "./cluster.ts";
import type { Status } from "./schemas.ts";
import { until } from "./until.ts";

type Node = Status["nodes"][number];

export function nodeOf(status: Status, name: string): Node {
  const node = status.nodes.find((candidate) => candidate.name === name);
  if (node === undefined) throw new Error(`the status has no node ${name}`);
  return node;
}

/** Where this host reaches a node: the container's own address. */
export async function addressOfNode(cluster: TestCluster, name: string): Promise<string> {
  const address = nodeOf(await cluster.status(), name).containerAddress;
  if (address === undefined) throw new Error(`${name} has no address`);
  return address;
}

export async function brokerAddresses(cluster: TestCluster): Promise<readonly string[]> {
  return (await cluster.status()).nodes.flatMap(({ kind, containerAddress }) =>
    kind === "broker" && containerAddress !== undefined ? [containerAddress] : [],
  );
}

/** Waits until a group has a master (or leader) other than `not`, and gives its name. */
export async function masterOf(cluster: TestCluster, group: string, not?: string): Promise<string> {
  const other = not === undefined ? "" : ` other than ${not}`;
  return until(`${group} has a master${other}`, async () => {
    const master = (await cluster.status()).groups.find(({ name }) => name === group)?.master;
    return master === not ? undefined : master;
  });
}

/** Waits until everything runs, is registered in its role and answers. */
export async function ready(cluster: TestCluster): Promise<Status> {
  return until(
    "the cluster is ready",
    async () => {
      const status = await cluster.status();
      if (status.state !== "ready") throw new Error(status.problems.join("; "));
      return status;
    },
    { deadlineMs: 60_000 },
  );
}
