import { labels } from "@hotfire/topology";
import type { AttachedContainer, DockerClient, HelperOptions } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import { faultImage } from "./fault-image.ts";

const program = "/usr/local/bin/fault";
/** Generous: a machine that is busy with a cluster's start keeps a helper waiting. */
const answerDeadlineMs = 15_000;
/** Where a node's volume is in a helper. */
export const storeFolder = "/store";
/** Where another node's volume is, to be copied from. */
export const sourceFolder = "/source";

export interface HelperPlace {
  readonly docker: DockerClient;
  readonly cluster: string;
  /** Fault that the helper belongs to. */
  readonly id: string;
  readonly node: string;
  readonly leaseMs: number;
}

/** A container that speaks the protocol of docker/fault/fault: a line each way, an answer's end is `ok` or `error TEXT`. */
export class FaultHelper {
  readonly #docker: DockerClient;
  readonly #session: AttachedContainer;
  readonly #waiting: ((line: string | undefined) => void)[] = [];
  readonly #lines: string[] = [];
  #ended = false;
  /** An answer did not come in time: what comes later would be taken for another's. */
  #confused = false;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(docker: DockerClient, session: AttachedContainer) {
    this.#docker = docker;
    this.#session = session;
    void this.#read();
  }

  /** In the network namespace of a running container. `table` is that of the rules; `any` undoes every fault's. */
  static net(place: HelperPlace, container: string, table: string): Promise<FaultHelper> {
    return FaultHelper.#start(place, ["net", table, String(place.leaseMs)], {
      network: `container:${container}`,
      user: "0:0",
      capabilities: ["NET_ADMIN"],
    });
  }

  /** With a volume at `storeFolder`, as its owner, and perhaps another at `sourceFolder`. */
  static disk(place: HelperPlace, volume: string, source?: string): Promise<FaultHelper> {
    return FaultHelper.#start(place, ["disk", storeFolder, String(place.leaseMs)], {
      network: "none",
      volumes: [
        { name: volume, target: storeFolder },
        ...(source === undefined ? [] : [{ name: source, target: sourceFolder }]),
      ],
    });
  }

  static async #start(
    { docker, cluster, id, node }: HelperPlace,
    args: readonly string[],
    options: Pick<HelperOptions, "network" | "user" | "capabilities" | "volumes">,
  ): Promise<FaultHelper> {
    const session = await docker.startAttached({
      image: faultImage,
      entrypoint: [program, ...args],
      labels: { [labels.cluster]: cluster, [labels.fault]: id, [labels.faultNode]: node },
      ...options,
    });
    return new FaultHelper(docker, session);
  }

  /** Whether its process is there, as far as is known without asking. */
  get isAlive(): boolean {
    return !this.#ended;
  }

  /** The answer's lines; what it could not do is an ENGINE_REQUEST_FAILED. One question at a time, in order. */
  ask(command: string, deadlineMs: number = answerDeadlineMs): Promise<string[]> {
    const answer = this.#turn.then(() => this.#ask(command, deadlineMs));
    this.#turn = answer.catch(() => {});
    return answer;
  }

  async #ask(command: string, deadlineMs: number): Promise<string[]> {
    const what = command.split("\n", 1)[0] ?? "";
    if (this.#ended || this.#confused) throw failed(what, "it has ended or does not answer");
    this.#session.write(`${command}\n`);
    const until = performance.now() + deadlineMs;
    const lines: string[] = [];
    for (;;) {
      const line = await this.#next(until - performance.now());
      if (line === undefined) {
        this.#confused = !this.#ended;
        throw failed(what, this.#ended ? `it ended; ${lines.join("; ")}` : "no answer");
      }
      if (line === "ok") return lines;
      if (line.startsWith("error ")) throw failed(what, line.slice("error ".length));
      lines.push(line);
    }
  }

  /** Ends its process, which takes back what is in force, and its container. */
  async close(): Promise<void> {
    const { id } = this.#session;
    const undone = await this.ask("undo", 2000).catch(() => undefined);
    this.#session.detach();
    // Killed at once, it would leave its rules in the node's namespace.
    if (undone === undefined && !this.#ended) await this.#docker.stopContainer(id, 2).catch(() => {});
    await this.#docker.removeContainer(id);
  }

  /** Lets go of it: what is in force stays until its lease ends. */
  detach(): void {
    this.#session.detach();
  }

  #next(withinMs: number): Promise<string | undefined> {
    const line = this.#lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    if (this.#ended) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const take = (value: string | undefined) => {
        clearTimeout(timer);
        resolve(value);
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1);
        resolve(undefined);
      }, withinMs);
      this.#waiting.push(take);
    });
  }

  async #read(): Promise<void> {
    let pending = "";
    try {
      for await (const { data } of this.#session.output) {
        const lines = (pending + data.toString("utf8")).split("\n");
        pending = lines.pop() ?? "";
        for (const line of lines) this.#give(line);
      }
    } catch {
      // A broken connection is an end like any other.
    }
    this.#ended = true;
    for (const take of this.#waiting.splice(0)) take(undefined);
  }

  #give(line: string): void {
    const take = this.#waiting.shift();
    if (take === undefined) this.#lines.push(line);
    else take(line);
  }
}

function failed(what: string, reason: string): EngineError {
  return new EngineError("ENGINE_REQUEST_FAILED", `A fault's helper could not do "${what}": ${reason}`);
}
