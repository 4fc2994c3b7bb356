import "./defer-heavy-parts.ts";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import Docker from "dockerode";
import type { z } from "zod";
import { EngineError } from "../errors/engine-error.ts";
import { startAttached } from "./attached.ts";
import type {
  AttachedContainer,
  AttachedOptions,
  ContainerDetails,
  ContainerEvent,
  ContainerSummary,
  DockerClient,
  EngineInfo,
  ExecOptions,
  ExecResult,
  HelperOptions,
  ImageDetails,
  LabelFilter,
  LogLine,
  LogOptions,
  MemoryUse,
  NamedObject,
} from "./docker-client.ts";
import { describeEndpoint, type Endpoint } from "./endpoint.ts";
import { explainFailure, statusCodeOf } from "./explain-failure.ts";
import { helperContainer } from "./helper-container.ts";
import { asBuffers, demultiplex, logLines } from "./log-stream.ts";
import * as schemas from "./schemas.ts";

/** A request that is neither a stream nor a wait answers within this, or the engine hangs. */
const requestTimeoutMs = 30_000;
const secondSignalMs = 1000;
const freezeTries = 5;
const notModified = 304;
const notFound = 404;
/** What the engine answers when a network still has endpoints. */
const forbidden = 403;
const conflict = 409;
const cpuPeriodMicros = 100_000;

export class DockerodeClient implements DockerClient {
  readonly address: string;
  readonly isLocalLinux: boolean;
  readonly publishedHost: string;
  readonly #docker: Docker;
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.address = describeEndpoint(endpoint);
    this.isLocalLinux = endpoint.kind === "socket" && process.platform === "linux";
    this.publishedHost = endpoint.kind === "socket" ? "127.0.0.1" : endpoint.host;
    this.#endpoint = endpoint;
    this.#docker = new Docker(dockerodeOptions(endpoint));
  }

  async info(): Promise<EngineInfo> {
    const [version, info] = await Promise.all([
      this.#ask("its version", () => this.#docker.version()),
      this.#ask("its configuration", () => this.#docker.info()),
    ]);
    const { ApiVersion } = parse(schemas.versionSchema, version, "version");
    return { ...parse(schemas.infoSchema, info, "info"), apiVersion: ApiVersion };
  }

  async listContainers(label: LabelFilter): Promise<ContainerSummary[]> {
    const list = await this.#ask("the containers", () =>
      this.#docker.listContainers({ all: true, filters: filterBy(label) }),
    );
    return parse(schemas.containerListSchema, list, "container list");
  }

  async listAllContainers(): Promise<ContainerSummary[]> {
    const list = await this.#ask("the containers", () => this.#docker.listContainers({ all: true }));
    return parse(schemas.containerListSchema, list, "container list");
  }

  async inspectContainer(id: string): Promise<ContainerDetails | undefined> {
    const raw = await this.#unlessMissing(this.inspectRaw(id));
    return raw === undefined ? undefined : parse(schemas.containerSchema, raw, "container");
  }

  inspectRaw(id: string): Promise<unknown> {
    return this.#ask(`container ${id}`, () => this.#docker.getContainer(id).inspect());
  }

  async commandLine(container: ContainerDetails): Promise<string | undefined> {
    if (container.pid === 0) return undefined;
    if (this.isLocalLinux) {
      const text = await readFile(`/proc/${container.pid}/cmdline`, "utf8").catch(() => "");
      // The number is another process's where this process has a PID namespace of its own.
      if (text.includes("rocketmq")) return text.replaceAll("\0", " ").trim();
    }
    const raw = await this.#ask(`processes of ${container.id}`, () =>
      this.#docker.getContainer(container.id).top({ ps_args: "-eo pid,args" }),
    );
    const [first] = parse(schemas.topSchema, raw, "processes").Processes;
    return first?.[1];
  }

  async memoryUse(id: string): Promise<MemoryUse> {
    // Without one-shot the engine waits a second for a second sample, to compute CPU shares.
    const options = { stream: false, "one-shot": true } as const;
    const raw = await this.#ask(`statistics of ${id}`, () => this.#docker.getContainer(id).stats(options));
    const { usage = 0, limit = 0, stats } = parse(schemas.statsSchema, raw, "statistics").memory_stats;
    const reclaimable = stats?.total_inactive_file ?? stats?.inactive_file ?? 0;
    return { usedBytes: Math.max(0, usage - reclaimable), limitBytes: limit };
  }

  async startContainer(id: string): Promise<void> {
    await this.#change(`start container ${id}`, this.#docker.getContainer(id).start());
  }

  async stopContainer(id: string, graceSeconds?: number): Promise<void> {
    const container = this.#docker.getContainer(id);
    // The kernel drops a signal for a first process that has no handler yet: a JVM in its first 0.1 s. A second one does no harm.
    const again = setTimeout(() => {
      container.kill({ signal: "SIGTERM" }).catch(() => {
        // It has ended meanwhile.
      });
    }, secondSignalMs);
    try {
      const options = graceSeconds === undefined ? {} : { t: graceSeconds };
      await this.#change(`stop container ${id}`, container.stop(options));
    } finally {
      clearTimeout(again);
    }
  }

  async killContainer(id: string, signal = "SIGKILL"): Promise<void> {
    await this.#change(`kill container ${id}`, this.#docker.getContainer(id).kill({ signal }));
  }

  async waitForExit(id: string): Promise<void> {
    await this.#ask(`the end of container ${id}`, () =>
      this.#docker.getContainer(id).wait({ condition: "not-running" }),
    );
  }

  /** runc gives up on a busy container after some tries, and lets it run on: it is asked again. */
  async pauseContainer(id: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#change(`pause container ${id}`, this.#docker.getContainer(id).pause());
      } catch (error) {
        const isBusy = error instanceof EngineError && error.message.includes("unable to freeze");
        if (!isBusy || tries === freezeTries) throw error;
      }
    }
  }

  async unpauseContainer(id: string): Promise<void> {
    await this.#change(`unpause container ${id}`, this.#docker.getContainer(id).unpause());
  }

  async removeContainer(id: string): Promise<void> {
    const removed = this.#docker.getContainer(id).remove({ force: true, v: true });
    await this.#change(`remove container ${id}`, removed, [notFound, conflict]);
  }

  async exec(id: string, command: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const signals = [options.signal, AbortSignal.timeout(options.timeoutMs ?? requestTimeoutMs)];
    const abortSignal = AbortSignal.any(signals.filter((signal) => signal !== undefined));
    const create = { Cmd: [...command], AttachStdout: true, AttachStderr: true, abortSignal };
    return this.#guard(`run ${command[0]} in container ${id}`, async () => {
      const exec = await this.#docker
        .getContainer(id)
        .exec(options.user === undefined ? create : { ...create, User: options.user });
      const stream = await exec.start({ hijack: false, stdin: false, abortSignal });
      abortSignal.addEventListener("abort", () => stream.destroy(new Error("aborted")), { once: true });
      const output = await collect(asBuffers(stream));
      const { ExitCode } = parse(schemas.execInspectSchema, await exec.inspect({ abortSignal }), "exec");
      return { exitCode: ExitCode ?? -1, ...output };
    });
  }

  async runContainer(options: HelperOptions): Promise<ExecResult> {
    const abortSignal = AbortSignal.timeout(options.timeoutMs ?? requestTimeoutMs);
    return this.#guard(`run a helper container from ${options.image}`, async () => {
      const container = await this.#docker.createContainer({ ...helperContainer(options), abortSignal });
      try {
        await container.start({ abortSignal });
        const { StatusCode } = parse(schemas.waitSchema, await container.wait({ abortSignal }), "wait");
        const log = await container.logs({ stdout: true, stderr: true, follow: false, abortSignal });
        return { exitCode: StatusCode, ...(await collect(asBuffers(Readable.from([log])))) };
      } finally {
        await container.remove({ force: true, v: true }).catch(() => {});
      }
    });
  }

  async limitCpus(id: string, cpus: number | undefined): Promise<void> {
    // Not as NanoCpus: an update cannot take those away again. A quota of 0 would mean "leave it".
    const quota = cpus === undefined ? -1 : Math.round(cpus * cpuPeriodMicros);
    const update = { CpuPeriod: cpuPeriodMicros, CpuQuota: quota };
    await this.#change(`limit the CPUs of container ${id}`, this.#docker.getContainer(id).update(update));
  }

  startAttached(options: AttachedOptions): Promise<AttachedContainer> {
    return this.#guard(`start a container from ${options.image}`, () => startAttached(this.#docker, options));
  }

  async *logs(id: string, options: LogOptions): AsyncGenerator<LogLine> {
    const wanted = {
      stdout: true,
      stderr: true,
      timestamps: true,
      ...(options.tail === undefined ? {} : { tail: options.tail }),
      ...(options.since === undefined ? {} : { since: options.since.getTime() / 1000 }),
      ...(options.signal === undefined ? {} : { abortSignal: options.signal }),
    };
    const container = this.#docker.getContainer(id);
    const source = await this.#guard(`read the log of container ${id}`, async () =>
      options.follow === true
        ? asBuffers(await container.logs({ ...wanted, follow: true }))
        : asBuffers(Readable.from([await container.logs({ ...wanted, follow: false })])),
    );
    try {
      yield* logLines(demultiplex(source));
    } catch (error) {
      if (options.signal?.aborted !== true)
        throw explainFailure(error, `read the log of container ${id}`, this.#endpoint);
    }
  }

  async containerEvents(label: LabelFilter, signal: AbortSignal): Promise<AsyncIterable<ContainerEvent>> {
    const filters = { ...filterBy(label), type: ["container" as const] };
    const stream = await this.#guard("watch the containers", () =>
      this.#docker.getEvents({ filters, abortSignal: signal }),
    );
    return readEvents(asBuffers(stream), signal);
  }

  async createNetwork(name: string, labels: Readonly<Record<string, string>>): Promise<string> {
    const network = await this.#guard(`create the network ${name}`, () =>
      this.#docker.createNetwork({ Name: name, Labels: { ...labels } }),
    );
    return network.id;
  }

  async listNetworks(label: LabelFilter): Promise<NamedObject[]> {
    const list = await this.#ask("the networks", () =>
      this.#docker.listNetworks({ filters: filterBy(label) }),
    );
    return parse(schemas.networkListSchema, list, "network list");
  }

  async removeNetwork(id: string): Promise<void> {
    const network = this.#docker.getNetwork(id);
    try {
      await this.#change(`remove network ${id}`, network.remove(), [notFound]);
    } catch (error) {
      if (!(error instanceof EngineError) || statusCodeOf(error.cause) !== forbidden) throw error;
      const raw = await this.#ask(`network ${id}`, () => network.inspect());
      const { name, containers } = parse(schemas.networkSchema, raw, "network");
      if (containers.length === 0) throw error;
      throw new EngineError(
        "NETWORK_IN_USE",
        `Other containers are on the network ${name}: ${containers.join(", ")}.`,
        {
          hint: `Stop them or take them off it (\`docker network disconnect ${name} ${containers[0]}\`), then try again.`,
          cause: error,
        },
      );
    }
  }

  async listVolumes(label: LabelFilter): Promise<NamedObject[]> {
    const list = await this.#ask("the volumes", () => this.#docker.listVolumes({ filters: filterBy(label) }));
    return parse(schemas.volumeListSchema, list, "volume list").Volumes ?? [];
  }

  async removeVolume(name: string): Promise<void> {
    await this.#change(`remove volume ${name}`, this.#docker.getVolume(name).remove(), [notFound]);
  }

  async inspectImage(reference: string): Promise<ImageDetails | undefined> {
    const raw = await this.#unlessMissing(
      this.#ask(`image ${reference}`, () => this.#docker.getImage(reference).inspect()),
    );
    return raw === undefined ? undefined : parse(schemas.imageSchema, raw, "image");
  }

  #ask<T>(what: string, request: () => Promise<T>): Promise<T> {
    return this.#guard(`answer a question about ${what}`, () => withinDeadline(request(), requestTimeoutMs));
  }

  async #guard<T>(what: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      if (error instanceof EngineError) throw error;
      throw explainFailure(error, what, this.#endpoint);
    }
  }

  async #change(what: string, request: Promise<unknown>, harmless: readonly number[] = []): Promise<void> {
    try {
      await request;
    } catch (error) {
      const status = statusCodeOf(error);
      if (status === notModified || (status !== undefined && harmless.includes(status))) return;
      throw explainFailure(error, what, this.#endpoint);
    }
  }

  async #unlessMissing<T>(request: Promise<T>): Promise<T | undefined> {
    try {
      return await request;
    } catch (error) {
      if (error instanceof EngineError && statusCodeOf(error.cause) === notFound) return undefined;
      throw error;
    }
  }
}

function withinDeadline<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new DOMException(`no answer within ${ms} ms`, "TimeoutError"));
    const timer = setTimeout(late, ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function filterBy(label: LabelFilter): { label: string[] } {
  return { label: [label.value === undefined ? label.name : `${label.name}=${label.value}`] };
}

function parse<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const detail = issue === undefined ? "" : ` (${issue.path.join(".")}: ${issue.message})`;
  throw new EngineError(
    "ENGINE_ANSWER_UNEXPECTED",
    `The Docker Engine's answer about ${what} has an unknown shape${detail}.`,
    {
      hint: "Please report this with the output of `docker version`.",
      cause: result.error,
    },
  );
}

async function collect(source: AsyncIterable<Buffer>): Promise<{ stdout: string; stderr: string }> {
  const output = { stdout: "", stderr: "" };
  for await (const { stream, data } of demultiplex(source)) output[stream] += data.toString("utf8");
  return output;
}

async function* readEvents(
  source: AsyncIterable<Buffer>,
  signal: AbortSignal,
): AsyncGenerator<ContainerEvent> {
  let pending = "";
  try {
    for await (const chunk of source) {
      const lines = (pending + chunk.toString("utf8")).split("\n");
      pending = lines.pop() ?? "";
      for (const line of lines) {
        if (line.trim() === "") continue;
        const { Action, Actor, timeNano } = parse(schemas.eventSchema, JSON.parse(line), "an event");
        const { exitCode } = Actor.Attributes;
        yield {
          action: Action,
          id: Actor.ID,
          labels: Actor.Attributes,
          at: new Date(timeNano / 1e6),
          exitCode: exitCode === undefined ? undefined : Number(exitCode),
        };
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function dockerodeOptions(endpoint: Endpoint): Docker.DockerOptions {
  if (endpoint.kind === "socket") return { socketPath: endpoint.path };
  if (endpoint.kind === "ssh") {
    const agent = process.env["SSH_AUTH_SOCK"];
    return {
      protocol: "ssh",
      host: endpoint.host,
      port: endpoint.port,
      ...(endpoint.user === undefined ? {} : { username: endpoint.user }),
      ...(agent === undefined ? {} : { sshOptions: { agent } }),
    };
  }
  const { host, port, tlsPath } = endpoint;
  if (tlsPath === undefined) return { protocol: "http", host, port };
  const file = (name: string) => readFileSync(join(tlsPath, name));
  return { protocol: "https", host, port, ca: file("ca.pem"), cert: file("cert.pem"), key: file("key.pem") };
}
