import { deleteConsumerGroup, deleteTopic, deleteTopicRoute } from "@hotfire/remoting";
import type { PresetName } from "@hotfire/topology";
import { brokerAddresses, ready } from "../broker-address.ts";
import { clustersOnEngine, removeCluster, startCluster, type TestCluster } from "../cluster.ts";
import { leftOf } from "../docker.ts";
import { clusterName } from "../names.ts";
import { until } from "../until.ts";
import { differences, type Snapshot, takeSnapshot } from "./snapshot.ts";

const purpose = "shared-";

export interface SharedCluster {
  readonly cluster: TestCluster;
  /** Removes what the file's tests made, and fails unless the rest is as it was; the cluster stays for the next file. */
  giveBack(): Promise<void>;
}

/**
 * The run's one cluster of a preset, with a proxy, for every file whose tests leave it whole. The first file that asks
 * brings it up. Files are sorted by preset (sequencer.ts), so that one is up at a time; asking for another takes it down.
 */
export async function shareCluster(preset: PresetName): Promise<SharedCluster> {
  await removeSharedClusters({ except: preset });
  const cluster = await startCluster({ of: preset, purpose: `${purpose}${preset}`, args: ["--proxy"] });
  const before = await takeSnapshot(cluster);
  return {
    cluster,
    giveBack: async () => {
      try {
        await giveBack(cluster, before);
        await cluster.remoting.close();
      } catch (error) {
        process.stderr.write(`${cluster.name} was not left as it was: ${String(error)}\n`);
        // The next file gets a new one.
        await cluster[Symbol.asyncDispose]();
        throw error;
      }
    },
  };
}

/** Takes down the shared clusters of this run that are still up. */
export async function removeSharedClusters({ except }: { readonly except?: PresetName } = {}): Promise<void> {
  const shared = clusterName(purpose);
  const others = (await clustersOnEngine()).filter(
    (name) => name.startsWith(shared) && name !== `${shared}${except}`,
  );
  for (const name of others) await removeCluster(name);
}

async function giveBack(cluster: TestCluster, before: Snapshot): Promise<void> {
  // The last file of a preset takes it down itself.
  if ((await leftOf(cluster.name)).length === 0) return;
  await ready(cluster);
  await removeWhatIsNew(cluster, before);
  // A deletion reaches name servers with the broker's next registration.
  await until(`${cluster.name} is as the file found it`, async () => {
    const changed = differences(before, await takeSnapshot(cluster));
    if (changed.length > 0) throw new Error(changed.join("; "));
    return true;
  });
}

async function removeWhatIsNew(cluster: TestCluster, before: Snapshot): Promise<void> {
  const { remoting } = cluster;
  const now = await takeSnapshot(cluster);
  const topics = now.topics.filter((topic) => !before.topics.includes(topic));
  const groups = now.consumerGroups.filter((group) => !before.consumerGroups.includes(group));
  for (const broker of await brokerAddresses(cluster)) {
    for (const topic of topics) await deleteTopic(remoting, broker, topic);
    for (const groupName of groups) await deleteConsumerGroup(remoting, broker, { groupName });
  }
  for (const namesrv of await cluster.namesrvs()) {
    for (const topic of topics) await deleteTopicRoute(remoting, namesrv, { topic });
  }
}
