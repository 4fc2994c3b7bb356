import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

const startEvent = z.object({
  id: z.string(),
  timeNano: z.number(),
  Actor: z.object({ Attributes: z.object({ name: z.string(), image: z.string() }) }),
});

/** Images whose processes write RocketMQ's log lines. */
const rocketmqImage = /^hotfire\/(broker|namesrv):/;

/**
 * Follows the log of every RocketMQ container that starts on this engine, whoever starts it, into `folder`:
 * one file a container, `NAME@ID.log`, which outlives the container. A restarted container goes on in its file.
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
    createInterface({ input: stdout }).on("line", (line) => this.#started(line));
  }

  static start(folder: string): LogCollector {
    return new LogCollector(folder);
  }

  #started(line: string): void {
    const { id, timeNano, Actor } = startEvent.parse(JSON.parse(line));
    const { name, image } = Actor.Attributes;
    if (!rocketmqImage.test(image)) return;
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
