import type { OutputChunk } from "@hotfire/engine";
import { DrillError } from "../errors/drill-error.ts";
import { type ClientLine, parseClientLine } from "./client-line.ts";
import type { ClientProgram, StartProgram } from "./client-program.ts";
import { Delivered } from "./delivered.ts";
import type { OfficialClient, OfficialClientOptions, OfficialClientStats } from "./official-client.ts";
import { OutputLines } from "./output-lines.ts";
import { type RecordContext, toConsumeRecord, toSendRecord } from "./to-record.ts";

const readyMs = 60_000;
/** The programs give up on what has no outcome 15 s after the last send. */
const sendingStopsMs = 25_000;
const stopMs = 5_000;
const counterOf = { acknowledged: "acknowledged", failed: "failed", "in-doubt": "inDoubt" } as const;

/** An official client in a program of its own, as the rest of a drill sees it. */
export class ProgramClient implements OfficialClient {
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
  readonly #options: OfficialClientOptions;
  readonly #context: RecordContext;
  readonly #lines = new OutputLines((line) => this.#hear(line));
  readonly #delivered = new Delivered();
  readonly #groups = new Map<
    string,
    { acknowledged: number; failed: number; inDoubt: number; consumed: number }
  >();
  readonly #readiness = Promise.withResolvers<void>();
  readonly #end = Promise.withResolvers<void>();
  readonly #silence = Promise.withResolvers<number>();
  /** What `ready` still waits for. */
  readonly #awaited = new Set<string>(["its program"]);
  #program: ClientProgram | undefined;
  #startedAt = 0;
  #stopping: Promise<void> | undefined;
  #failure: Error | undefined;

  constructor(options: OfficialClientOptions) {
    const { kind, topic, consumerGroup, brokerOf = () => undefined } = options;
    this.#options = options;
    this.#context = { kind, topic, consumerGroup, brokerOf };
    for (const group of options.groups) {
      this.#countersOf(group);
      // Being given queues is not enough: the stock client may leave its first pull of them hanging for 30 s.
      if (options.consume) this.#awaited.add(group);
    }
    this.ready = this.#readiness.promise;
    this.ended = this.#end.promise;
    // Whoever waits for them gets the failure; nobody has to.
    for (const promise of [this.ready, this.ended, this.#silence.promise]) promise.catch(() => {});
  }

  get kind(): OfficialClientOptions["kind"] {
    return this.#options.kind;
  }

  get stats(): OfficialClientStats {
    return { groups: this.#groups };
  }

  async start(startProgram: StartProgram): Promise<void> {
    const { signal, clock } = this.#options;
    signal?.throwIfAborted();
    this.#startedAt = clock.now();
    const program = await startProgram(this.#options, (chunk) => this.#take(chunk));
    this.#program = program;
    void program.exited.then((code) => this.#ended(code));
    const late = setTimeout(() => {
      this.#fail(
        new DrillError(
          "CLIENT_LATE",
          this.#because(`still waited for ${[...this.#awaited].join(", ")} after ${readyMs / 1000} s`),
        ),
      );
    }, readyMs);
    this.ready.then(
      () => clearTimeout(late),
      () => clearTimeout(late),
    );
    if (signal === undefined) return;
    const abort = () => void this.stop();
    signal.addEventListener("abort", abort, { once: true });
    void program.exited.then(() => signal.removeEventListener("abort", abort));
    if (signal.aborted) abort();
  }

  async stopSending(): Promise<number> {
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#options.produce) return 0;
    this.#program?.write("stop-sending\n");
    const late = setTimeout(() => {
      const text = `did not tell the outcome of every send within ${sendingStopsMs / 1000} s`;
      this.#fail(new DrillError("CLIENT_LATE", this.#because(text)));
    }, sendingStopsMs);
    return this.#silence.promise.finally(() => clearTimeout(late));
  }

  async drained(deadlineMs: number): Promise<boolean> {
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#options.consume) return true;
    if (this.#options.consumeRate !== undefined) this.#program?.write("hurry\n");
    return this.#delivered.reachesBrokers(this.#options, deadlineMs, () => this.#failure);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const program = this.#program;
    if (program === undefined) return;
    // Set before anything of it can be seen to end.
    const wait = Promise.withResolvers<void>();
    const timer = setTimeout(wait.resolve, this.#options.signal?.aborted === true ? 0 : stopMs);
    program.write("stop\n");
    await Promise.race([program.exited, wait.promise]);
    clearTimeout(timer);
    // Also after its own end: an engine that was asked to remove it may not have, yet.
    await program.kill().catch(() => {});
    await program.exited;
  }

  #take(chunk: OutputChunk): void {
    if (this.#failure !== undefined) return;
    try {
      this.#lines.add(chunk);
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #hear(text: string): void {
    const line = parseClientLine(text);
    if (line === undefined) {
      throw new DrillError("CLIENT_DIED", this.#because(`said nonsense: ${text.slice(0, 200)}`));
    }
    this.#handle(line);
  }

  #handle(line: ClientLine): void {
    switch (line.type) {
      case "ready":
        this.#checkClock(line.at);
        this.#saw("its program");
        return;
      case "send": {
        const record = toSendRecord(line, this.#context);
        this.#countersOf(line.group)[counterOf[record.outcome]] += 1;
        this.#options.record(record);
        return;
      }
      case "consume":
        this.#saw(line.group);
        this.#countersOf(line.group).consumed += line.messages.length;
        for (const [offset] of line.messages) this.#delivered.add(line.group, line.queue, offset);
        this.#options.record(toConsumeRecord(line, this.#context));
        return;
      case "sending-stopped":
        this.#silence.resolve(line.sent);
    }
  }

  #saw(what: string): void {
    if (this.#awaited.delete(what) && this.#awaited.size === 0) this.#readiness.resolve();
  }

  /** Two clocks in one history would make every duration in it wrong. */
  #checkClock(at: number): void {
    const now = this.#options.clock.now();
    if (at >= this.#startedAt && at <= now) return;
    const text = `runs on another clock: ${at} µs where this run has ${now} µs`;
    throw new DrillError("CLIENT_UNAVAILABLE", this.#because(text), {
      hint: "It must run on this machine's kernel, outside of a time namespace.",
    });
  }

  #ended(code: number): void {
    if (this.#stopping !== undefined) {
      this.#settle(new DrillError("CLIENT_DIED", this.#because("was stopped")));
      this.#end.resolve();
      return;
    }
    const hint = hintFor(code, this.#lines.tail);
    const details = hint === undefined ? {} : { hint };
    this.#fail(
      new DrillError("CLIENT_DIED", this.#because(`ended by itself with exit code ${code}`), details),
    );
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#settle(this.#failure);
    this.#end.reject(this.#failure);
    void this.stop();
  }

  #settle(error: Error): void {
    this.#readiness.reject(error);
    this.#silence.reject(error);
  }

  #because(what: string): string {
    const name = this.#options.kind === "java" ? "Java" : "Node";
    const tail = this.#lines.tail.slice(-5).join(" | ");
    return `The official ${name} client ${what}.${tail === "" ? "" : ` Its last words: ${tail}`}`;
  }

  #countersOf(group: string): { acknowledged: number; failed: number; inDoubt: number; consumed: number } {
    let counters = this.#groups.get(group);
    if (counters === undefined) {
      counters = { acknowledged: 0, failed: 0, inDoubt: 0, consumed: 0 };
      this.#groups.set(group, counters);
    }
    return counters;
  }
}

function hintFor(code: number, tail: readonly string[]): string | undefined {
  if (tail.some((line) => line.includes("ClassNotFoundException: io.hotfire"))) {
    return "The brokers' image is older than this version: build it with hotfire images, and start the cluster again.";
  }
  return code === 137 ? "Somebody killed it, or it ran out of memory: see docker events." : undefined;
}
