import { brokerConfig, consumerGroups, topicList } from "@hotfire/remoting";
import { brokerAddresses, ready } from "../broker-address.ts";
import type { TestCluster } from "../cluster.ts";
import { labelled } from "../docker.ts";

/** What a file of tests has to leave as it found it. */
export interface Snapshot {
  readonly nodes: readonly string[];
  /** `broker-a: 1 leader, 2 followers` as sorted words: who leads may change, how many may not. */
  readonly roles: readonly string[];
  readonly topics: readonly string[];
  readonly consumerGroups: readonly string[];
  readonly configuration: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly faults: readonly string[];
}

/**
 * What changes without anything being left: what a broker's role sets (the launcher says so of the last one where it cuts queues to the log, DLedgerGroup), and
 * the address that a container gets when it starts.
 */
const changing = new Set(["brokerId", "brokerRole", "recheckReputOffsetFromCq", "brokerIP1", "brokerIP2"]);

export async function takeSnapshot(cluster: TestCluster): Promise<Snapshot> {
  const status = await ready(cluster);
  const [addresses, namesrvs] = [await brokerAddresses(cluster), await cluster.namesrvs()];
  const configs = status.nodes.map(async ({ name, kind, containerAddress }) => {
    if (kind !== "broker" || containerAddress === undefined) return [];
    const { properties } = await brokerConfig(cluster.remoting, containerAddress);
    return [[name, new Map([...properties].filter(([key]) => !changing.has(key)))] as const];
  });
  return {
    nodes: status.nodes.map(({ name, container }) => `${name} ${container.state}`).toSorted(),
    roles: status.nodes.map(({ kind, group, role }) => [kind, group, role].join(" ")).toSorted(),
    topics: await union(namesrvs.map((address) => topicList(cluster.remoting, address))),
    consumerGroups: await union(
      addresses.map(async (address) => [...(await consumerGroups(cluster.remoting, address)).keys()]),
    ),
    configuration: new Map((await Promise.all(configs)).flat()),
    faults: await labelled("io.hotfire.fault"),
  };
}

/** What changed, a line each: a whole snapshot has a thousand keys. */
export function differences(before: Snapshot, after: Snapshot): string[] {
  const lists = (["nodes", "roles", "topics", "consumerGroups", "faults"] as const).flatMap((what) => {
    const [was, is] = [before[what], after[what]];
    return [
      ...was.filter((one) => !is.includes(one)).map((one) => `${what}: ${one} is gone`),
      ...is.filter((one) => !was.includes(one)).map((one) => `${what}: ${one} is new`),
    ];
  });
  const brokers = new Set([...before.configuration.keys(), ...after.configuration.keys()]);
  const settings = [...brokers].flatMap((broker) => {
    const was = before.configuration.get(broker) ?? new Map<string, string>();
    const is = after.configuration.get(broker) ?? new Map<string, string>();
    const changed = [...new Set([...was.keys(), ...is.keys()])].filter((key) => was.get(key) !== is.get(key));
    return changed.map((key) => `configuration of ${broker}: ${key} was ${was.get(key)}, is ${is.get(key)}`);
  });
  return [...lists, ...settings];
}

async function union(lists: readonly Promise<readonly string[]>[]): Promise<string[]> {
  return [...new Set((await Promise.all(lists)).flat())].toSorted();
}
