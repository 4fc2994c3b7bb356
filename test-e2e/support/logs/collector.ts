import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { claims } from "../claim.ts";
import { runOfCluster, testRun } from "../names.ts";

const startEvent = z.object({
  id: z.string(),
  timeNano: z.number(),
  Actor: z.object({
    Attributes: z.object({
      name: z.string(),
      image: z.string(),
      "io.hotfire.cluster": z.string().optional(),
    }),
  }),
});

/** Images whose processes write RocketMQ's log lines. */
const rocketmqImage = /^hotfire\/(broker|namesrv):/;

/**
 * Follows the log of every RocketMQ container of this run's clusters, whichever command starts it, into `folder`: one
 * file a container, `NAME@ID.log`, which outlives the container. A restarted container goes on in its file.
 * Clusters of another run, or of a person on the same engine, are not followed.
 */
export class LogCollector implements AsyncDisposable {
  readonly #folder: string;
  readonly #events: ChildProcess;
  readonly #followers = new Set<ChildProcess>();
  readonly #seen = new Set<string>();

  private constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    const filters = ["--filter", "type=container", "--filter", "event=start"];
    this.#events = spawn("docker", ["events", ...filters, "--format", "{{json .}}"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const { stdout } = this.#events;
    if (stdout === null) throw new Error("docker events has no stdout");
    createInterface({ input: stdout }).on("line", (line) => void this.#started(line));
  }

  static start(folder: string): LogCollector {
    return new LogCollector(folder);
  }

  async #started(line: string): Promise<void> {
    const { id, timeNano, Actor } = startEvent.parse(JSON.parse(line));
    const { name, image, "io.hotfire.cluster": cluster } = Actor.Attributes;
    if (cluster === undefined || !rocketmqImage.test(image) || !(await isOfThisRun(cluster))) return;
    const since = this.#seen.has(id) ? ["--since", (timeNano / 1e9).toFixed(6)] : [];
    this.#seen.add(id);
    const file = openSync(join(this.#folder, `${name}@${id.slice(0, 8)}.log`), "a");
    const follower = spawn("docker", ["logs", "--follow", ...since, id], { stdio: ["ignore", file, file] });
    closeSync(file);
    this.#followers.add(follower);
    follower.once("close", () => this.#followers.delete(follower));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const running = [this.#events, ...this.#followers].filter(({ exitCode }) => exitCode === null);
    await Promise.all(
      running.map((process) => {
        const closed = once(process, "close");
        process.kill();
        return closed;
      }),
    );
  }
}

/** By the cluster's name, or by the claim of a test that cannot choose the name. */
async function isOfThisRun(cluster: string): Promise<boolean> {
  const run = runOfCluster(cluster);
  if (run !== undefined) return run === testRun();
  return (await claims()).some((claim) => claim.cluster === cluster && claim.run === testRun());
}
