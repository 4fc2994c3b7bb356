import { javaImage } from "./clients.ts";
import type { TestCluster } from "./cluster.ts";
import { start } from "./run.ts";
import { createGroupEverywhere, createTopicEverywhere } from "./topics.ts";
import { until } from "./until.ts";

/** test-e2e/clients/java/GivesUp.java, running: keys that begin with "bad" become dead letters. */
export interface TroubledApplication extends AsyncDisposable {
  readonly topic: string;
  readonly group: string;
  /** The official client's message id of each key. */
  readonly ids: ReadonlyMap<string, string>;
  /** How often it has consumed the key's message without trouble. */
  consumed(key: string): number;
}

export async function startTroubledApplication(
  cluster: TestCluster,
  keys: readonly string[],
): Promise<TroubledApplication> {
  const topic = "Troubled";
  const group = "troubled-group";
  const { client } = await cluster.status();
  const namesrvs = await cluster.namesrvs();
  await createTopicEverywhere(cluster.remoting, namesrvs, topic);
  await createGroupEverywhere(cluster.remoting, namesrvs[0] ?? "", group);
  const words = [client.namesrvInside, topic, group, ...keys];
  const args = ["run", "--rm", "--interactive", "--network", client.network, javaImage, "GivesUp", ...words];
  const application = start("docker", args, { openInput: true, deadlineMs: 600_000 });
  const stop = async () => {
    application.endInput();
    await application.finished;
  };
  const lines = (pattern: RegExp) => [...application.output().matchAll(pattern)];
  await until(
    "every message was sent, and came once",
    async () =>
      lines(/^sent /gm).length === keys.length && lines(/^(failed|consumed) /gm).length >= keys.length,
    { deadlineMs: 90_000 },
  ).catch(async (error: unknown) => {
    await stop();
    throw new Error(application.output(), { cause: error });
  });
  return {
    topic,
    group,
    ids: new Map(lines(/^sent (\S+) (\S+)$/gm).map(([, key = "", id = ""]) => [key, id])),
    consumed: (key) => lines(/^consumed (\S+)$/gm).filter((line) => line[1] === key).length,
    [Symbol.asyncDispose]: stop,
  };
}
