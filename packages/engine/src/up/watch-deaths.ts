import { labels } from "@hotfire/topology";
import type { ContainerEvent, DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import { whyItEnded } from "./why-it-ended.ts";

const shownLines = 15;
const readLines = 500;
/** `\tat org.apache…`, `\t... 5 more`: the errors between them say what happened. */
const stackFrame = /^\s+(at |\.\.\. \d+ )/;

/**
 * Watches a cluster's containers while they start. `died` rejects with NODE_DIED as soon as the process of one of
 * them ends, and stays pending otherwise; the signal ends the watch.
 */
export async function watchDeaths(
  docker: DockerClient,
  cluster: string,
  signal: AbortSignal,
): Promise<{ readonly died: Promise<never>; expectFrom(ids: readonly string[]): void }> {
  let watched: ReadonlySet<string> = new Set();
  const events = await docker.containerEvents({ name: labels.cluster, value: cluster }, signal);
  const died = new Promise<never>((_, reject) => {
    const watch = async () => {
      for await (const event of events) {
        if (event.action !== "die" || !watched.has(event.id)) continue;
        reject(await explainDeath(docker, event, cluster));
        return;
      }
    };
    watch().catch(reject);
  });
  // Somebody else's failure may be reported first; this one must not become an unhandled rejection then.
  died.catch(() => {});
  return {
    died,
    expectFrom(ids) {
      watched = new Set(ids);
    },
  };
}

async function explainDeath(
  docker: DockerClient,
  event: ContainerEvent,
  cluster: string,
): Promise<EngineError> {
  const node = event.labels[labels.node] ?? event.id;
  const details = await docker.inspectContainer(event.id).catch(() => undefined);
  const lines = await linesBefore(docker, event.id, event.at);
  const reason = whyItEnded(lines);
  // The restart policy may have started it again: the container's own exit code is then that of the new life.
  const code = event.exitCode;
  const memory = details === undefined ? "" : ` of ${Math.round(details.memoryLimitBytes / 1024 ** 2)} MiB`;
  const how = details?.oomKilled
    ? `was killed because it used up its memory limit${memory}`
    : `ended${code === undefined ? "" : ` with exit code ${code}`} while the cluster was starting`;
  const why = details?.oomKilled || reason === undefined ? "" : `: ${reason.replace(/\.$/, "")}`;
  return new EngineError("NODE_DIED", `${node} ${how}${why}.`, {
    hint: details?.oomKilled
      ? `Give it more memory (--memory, or \`memory:\` in the spec); remove the rest with hotfire down ${cluster}`
      : `Whole log: hotfire logs ${cluster} --node ${node}. Everything is left as it is; remove it with hotfire down ${cluster}`,
    evidence: { log: { of: node, lines: lines.slice(-shownLines) } },
  });
}

/** What the process said before it ended, without the lines of a next life and without stack frames. */
async function linesBefore(docker: DockerClient, id: string, end: Date): Promise<string[]> {
  const lines: string[] = [];
  try {
    for await (const { at, text } of docker.logs(id, { tail: readLines })) {
      if (at <= end && !stackFrame.test(text)) lines.push(text);
    }
  } catch {
    // The container may be gone already; then there is no log to show.
  }
  return lines;
}
