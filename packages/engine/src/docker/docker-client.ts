/** The Docker Engine as this project uses it. The only implementation is over dockerode. */
export interface DockerClient {
  /** For messages: `unix:///var/run/docker.sock`. */
  readonly address: string;
  /** Whether container addresses can be expected to be reachable from this process: a Linux engine on this host. */
  readonly isLocalLinux: boolean;
  /** Host name at which published ports are reached from here. */
  readonly publishedHost: string;
  info(): Promise<EngineInfo>;

  listContainers(label: LabelFilter): Promise<ContainerSummary[]>;
  /** Every container of the engine that publishes ports, ours or not. */
  listAllContainers(): Promise<ContainerSummary[]>;
  /** Undefined when there is no such container. */
  inspectContainer(id: string): Promise<ContainerDetails | undefined>;
  /** Command line of the container's first process; undefined when it does not run. */
  commandLine(container: ContainerDetails): Promise<string | undefined>;
  /** The engine's own JSON, for a bug report. */
  inspectRaw(id: string): Promise<unknown>;
  memoryUse(id: string): Promise<MemoryUse>;
  startContainer(id: string): Promise<void>;
  /** Graceful; killed after the grace, by default the container's own (`stop_grace_period`). */
  stopContainer(id: string, graceSeconds?: number): Promise<void>;
  killContainer(id: string, signal?: string): Promise<void>;
  /** Resolves when the container's process has ended; at once when it does not run. */
  waitForExit(id: string): Promise<void>;
  pauseContainer(id: string): Promise<void>;
  unpauseContainer(id: string): Promise<void>;
  removeContainer(id: string): Promise<void>;
  /** Runs a command in a running container. */
  exec(id: string, command: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** Runs a throw-away container to its end and removes it. */
  runContainer(options: HelperOptions): Promise<ExecResult>;
  /** Share of the processors that a container may use, in whole and parts; undefined takes the limit away. */
  limitCpus(id: string, cpus: number | undefined): Promise<void>;
  /** Starts a throw-away container with its streams in this process's hands. The engine removes it when it ends. */
  startAttached(options: AttachedOptions): Promise<AttachedContainer>;
  /** Log lines, oldest first; ends at the log's end unless `follow`. */
  logs(id: string, options: LogOptions): AsyncIterable<LogLine>;
  /** Container events from now on, until the signal aborts. Subscribed when the promise resolves. */
  containerEvents(label: LabelFilter, signal: AbortSignal): Promise<AsyncIterable<ContainerEvent>>;

  /** A bridge network of our own; returns its id. */
  createNetwork(name: string, labels: Readonly<Record<string, string>>): Promise<string>;
  listNetworks(label: LabelFilter): Promise<NamedObject[]>;
  removeNetwork(id: string): Promise<void>;
  listVolumes(label: LabelFilter): Promise<NamedObject[]>;
  removeVolume(name: string): Promise<void>;
  /** Undefined when the engine does not have it. */
  inspectImage(reference: string): Promise<ImageDetails | undefined>;
}

/** Label name, and its value when only one will do. */
export interface LabelFilter {
  readonly name: string;
  readonly value?: string;
}

export interface EngineInfo {
  readonly version: string;
  readonly apiVersion: string;
  readonly operatingSystem: string;
  readonly kernel: string;
  readonly architecture: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly rootFolder: string;
  readonly storageDriver: string;
  readonly cgroupVersion: string;
  readonly warnings: readonly string[];
}

export type ContainerState = "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";

export interface PublishedPort {
  readonly container: number;
  readonly host: number;
  readonly address: string;
}

export interface ContainerSummary {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly state: ContainerState;
  /** Docker's own words: `Up 3 minutes (healthy)`. */
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  /** IPv4 addresses by network. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly published: readonly PublishedPort[];
}

export type Health = "none" | "starting" | "healthy" | "unhealthy";

export interface ContainerDetails {
  readonly id: string;
  readonly name: string;
  readonly state: ContainerState;
  /** Process id on the engine's machine; 0 when it does not run. */
  readonly pid: number;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly error: string;
  readonly startedAt: Date | undefined;
  readonly finishedAt: Date | undefined;
  readonly health: Health;
  readonly healthLog: readonly string[];
  readonly restarts: number;
  readonly memoryLimitBytes: number;
  /** Undefined when there is no limit. */
  readonly cpuLimit: number | undefined;
  readonly addresses: Readonly<Record<string, string>>;
  readonly imageId: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface MemoryUse {
  /** Resident and cache minus what the kernel can drop at once, as `docker stats` counts it. */
  readonly usedBytes: number;
  readonly limitBytes: number;
}

export interface ExecOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly user?: string;
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs without capabilities but those named, and with a root file system that nobody writes to. */
export interface HelperOptions {
  readonly image: string;
  /** The program and its arguments. */
  readonly entrypoint: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** Network name, `container:ID`, or `host`. */
  readonly network?: string;
  /** Further DNS name on that network. */
  readonly alias?: string;
  readonly user?: string;
  readonly capabilities?: readonly string[];
  /** Named volumes and where they are mounted. */
  readonly volumes?: readonly { readonly name: string; readonly target: string }[];
  /** Of `runContainer`. */
  readonly timeoutMs?: number;
}

export interface AttachedOptions extends HelperOptions {
  readonly memoryBytes?: number;
  /** Host names that lead to the Docker host. */
  readonly hostAliases?: readonly string[];
}

/** Its input ends when this process dies, by whatever cause. */
export interface AttachedContainer {
  readonly id: string;
  /** What it prints, as it comes; ends with the container. For one reader, who slows it down by not reading. */
  readonly output: AsyncIterable<OutputChunk>;
  /** Its exit code; -1 when the engine does not tell. */
  readonly exited: Promise<number>;
  write(text: string): void;
  /** Ends its input; its process may go on. */
  detach(): void;
}

export interface OutputChunk {
  readonly stream: "stdout" | "stderr";
  readonly data: Buffer;
}

export interface LogOptions {
  /** Last so many lines; all when absent. */
  readonly tail?: number;
  readonly since?: Date;
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
}

export interface LogLine {
  readonly at: Date;
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

export interface ContainerEvent {
  /** `start`, `die`, `oom`, `kill`, `pause`, `health_status: healthy`, … */
  readonly action: string;
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly at: Date;
  /** Of a `die`. */
  readonly exitCode: number | undefined;
}

export interface NamedObject {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ImageDetails {
  readonly id: string;
  readonly sizeBytes: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly digests: readonly string[];
}
