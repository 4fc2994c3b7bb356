import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@hotfire/base";
import {
  createConsumerGroupEverywhere,
  createTopicEverywhere,
  EngineError,
  findCluster,
  healCluster,
} from "@hotfire/engine";
import type { Micros, StoredRecord } from "@hotfire/judge/history";
import type { Step } from "../catalogue/drill-definition.ts";
import { HistoryWriter } from "../history-file/history-writer.ts";
import { type Observer, startObserver } from "../observe/observer.ts";
import { collectLogs } from "../read-back/collect-logs.ts";
import { readBack } from "../read-back/read-back.ts";
import { type RunClock, startClock } from "../workload/clock.ts";
import { lowerPriority, raisePriority } from "../workload/priority.ts";
import { describeRun } from "./describe-run.ts";
import type { DrillEvent, PhaseName } from "./drill-event.ts";
import { estimateSteps } from "./estimate-steps.ts";
import { FaultBoard } from "./fault-board.ts";
import { type Load, type LoadSettings, startLoad } from "./load.ts";
import type { Stage } from "./place.ts";
import { reportRates } from "./rates.ts";
import { Recorder } from "./recorder.ts";
import { runFiles, writeRunFile } from "./run-files.ts";
import type { RunDrillOptions } from "./run-options.ts";
import { lookForWhole, plannedFault, runSteps } from "./step-runner.ts";
import { watchForStalls } from "./tester-stalls.ts";
import { baselineMs, type Tally, WarmUp, windowMs } from "./warm-up.ts";

const settleMs = 3000;
const wholeAgainMs = 90_000;
const replicasAgreeMs = 30_000;
const leaseSlackMs = 60_000;

/** One run on a cluster that is ready for it: from the first record of its history to the last. */
export class Session {
  readonly #options: RunDrillOptions;
  readonly #stage: Stage;
  readonly #settings: LoadSettings;
  readonly #stop = new AbortController();
  #clock: RunClock | undefined;
  #recorder: Recorder | undefined;
  #phase: PhaseName | undefined;
  #loadBegan: Micros = 0;
  hasHistory = false;

  constructor(options: RunDrillOptions, stage: Stage, settings: LoadSettings) {
    this.#options = options;
    this.#stage = stage;
    this.#settings = settings;
  }

  now(): Micros {
    return this.#clock?.now() ?? 0;
  }

  enter(name: PhaseName, expectedMs: number, at: Micros = this.now()): void {
    if (name === this.#phase) return;
    this.#phase = name;
    if (name !== "judge" && name !== "restore") this.#recorder?.write({ type: "phase", at, name });
    this.#emit({ type: "phase", at, name, expectedMs });
  }

  note(message: string, level: "info" | "warning" = "info"): void {
    const at = this.now();
    this.#recorder?.write({ type: "note", at, level, message: message.slice(0, 2000) });
    this.#emit({ type: "note", at, level, message });
  }

  async run(): Promise<void> {
    const { docker, drill, signal } = this.#options;
    const { plan } = this.#stage;
    const clock = startClock();
    this.#clock = clock;
    this.#announce();
    this.enter("prepare", 2000);
    await this.#createTopic();
    await using writer = await HistoryWriter.create(join(this.#options.folder, runFiles.history));
    const recorder = new Recorder(writer, (error) => this.#stop.abort(error));
    this.#recorder = recorder;
    this.hasHistory = true;
    recorder.write(await describeRun(this.#options, plan, clock, this.#settings));
    const stopping = AbortSignal.any([signal, this.#stop.signal]);
    const leaseMs = estimateSteps(drill.steps, plan.mode) + leaseSlackMs;
    const board = new FaultBoard({
      docker,
      cluster: plan.name,
      now: () => clock.now(),
      record: recorder.write,
      onEvent: (event) => this.#emit(event),
      leaseMs,
      behindProxies: this.#settings.producer === "node-proxy" ? plan.groups.map(({ name }) => name) : [],
      signal: stopping,
    });
    try {
      await this.#breakIt(clock, recorder, board, stopping);
      recorder.end({ type: "end", at: clock.now(), reason: "completed" });
    } catch (error) {
      await this.#abandon(clock, recorder, board, error);
      throw error;
    }
  }

  async #breakIt(clock: RunClock, recorder: Recorder, board: FaultBoard, signal: AbortSignal): Promise<void> {
    const { docker, drill, seed } = this.#options;
    const { plan } = this.#stage;
    for (const step of drill.steps) if (step.do === "inject") await board.prepare(plannedFault(step, plan));
    const observer = await startObserver({
      docker,
      cluster: plan.name,
      clock,
      record: recorder.write,
      onChange: (record) => {
        // Every broker once, as it sees itself: the others' views of it are in the history.
        const source = plan.mode === "dledger" ? "self" : "broker";
        if (record.type !== "role" || record.source !== source) return;
        const { at, group, node, role, term } = record;
        this.#emit({ type: "role", at, group, node, role, term });
      },
    });
    try {
      raisePriority();
      const load = await startLoad(this.#settings, {
        docker,
        plan,
        clock,
        observer,
        record: recorder.write,
        signal,
      });
      const stopRates = reportRates(load, clock, (event) => this.#emit(event));
      const stopWatching = watchForStalls(clock, recorder.write);
      try {
        await Promise.race([load.died, this.#underLoad(load, observer, board, seed, signal)]);
      } finally {
        stopRates();
        stopWatching();
        await load.stop();
        lowerPriority();
      }
    } finally {
      await observer.stop();
    }
    this.enter("read-back", 5000);
    await readBack({
      docker,
      cluster: plan.name,
      clock,
      record: recorder.write,
      topic: this.#settings.topic,
      deadlineMs: replicasAgreeMs,
      signal,
    });
    await this.#keepEvidence(clock, recorder);
  }

  async #underLoad(
    load: Load,
    observer: Observer,
    board: FaultBoard,
    seed: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { docker, drill } = this.#options;
    const { plan } = this.#stage;
    await load.ready;
    this.#loadBegan = this.now();
    this.enter("warm-up", 2 * baselineMs);
    const steadySince = await this.#untilSteady(load, signal);
    this.enter("baseline", 0, steadySince);
    await runSteps(drill.steps, {
      docker,
      plan,
      seed,
      board,
      load,
      now: () => this.now(),
      record: (record) => this.#recorder?.write(record),
      roles: () => observer.roles(),
      enter: (phase, expectedMs) => this.enter(phase, expectedMs),
      note: (message) => this.note(message),
      signal,
    });
    this.enter("settle", 12_000);
    await board.healAll();
    const record = (one: StoredRecord) => this.#recorder?.write(one);
    const now = () => this.now();
    const missing = await lookForWhole({ docker, plan, signal, record, now }, wholeAgainMs);
    for (const what of missing) this.note(`still not as before: ${what}`, "warning");
    await sleep(settleMs, undefined, { signal });
    this.enter("drain", 2000);
    for (const { client, sent } of await load.stopSending()) {
      record({ type: "sending-stopped", at: now(), client, sent });
    }
    const complete = await load.drained();
    record({ type: "drained", at: now(), complete });
    if (!complete) this.note("consumers did not get everything in time", "warning");
  }

  /**
   * Every group has to work for a while before it is broken: else it is not known what the fault did. Cold brokers refuse some sends, and
   * stall. Resolves with the begin of that while.
   */
  async #untilSteady(load: Load, signal: AbortSignal): Promise<Micros> {
    const begun = this.now();
    const warmUp = new WarmUp(tally(load), 0, this.#settings.rate / this.#stage.plan.groups.length);
    while (true) {
      await sleep(windowMs, undefined, { signal });
      const step = warmUp.look(tally(load), (this.now() - begun) / 1000);
      if (step.do === "go") {
        if (!step.isCalm)
          this.note("this machine is busy: the load stalls before anything is broken", "warning");
        return begun + step.since * 1000;
      }
      if (step.do === "give-up") {
        throw new EngineError(
          "DEADLINE_PASSED",
          `The load does not run smoothly before the fault: ${step.why}.`,
          {
            hint: `Is this machine too busy? Try a lower --rate, and see hotfire status ${this.#stage.plan.name}.`,
          },
        );
      }
    }
  }

  async #createTopic(): Promise<void> {
    const { docker } = this.#options;
    const cluster = await findCluster(docker, this.#stage.plan.name);
    if (cluster === undefined) return;
    const { topic, queuesPerGroup, consumerGroups, kinds } = this.#settings;
    await createTopicEverywhere(docker, cluster, topic, queuesPerGroup);
    for (const kind of kinds) await createTopicEverywhere(docker, cluster, kind.topic, kind.queuesPerGroup);
    for (const group of consumerGroups) await createConsumerGroupEverywhere(docker, cluster, group);
  }

  /** Evidence before anything is rolled back. */
  async #keepEvidence(clock: RunClock, recorder: Recorder): Promise<void> {
    const { docker, folder } = this.#options;
    const { name } = this.#stage.plan;
    const logs = join(folder, runFiles.logs);
    await collectLogs({
      docker,
      cluster: name,
      clock,
      record: recorder.write,
      folder: logs,
      from: this.#loadBegan,
    });
    const cluster = await findCluster(docker, name);
    const nodes = cluster?.nodes ?? [];
    const containers = await Promise.all(
      nodes.map(async (node) => {
        // Labels carry the spec, whose properties may hold secrets.
        const { labels: _, ...facts } = (await docker.inspectContainer(node.container.id)) ?? { labels: {} };
        return { node: node.name, ...facts };
      }),
    );
    await writeRunFile(folder, runFiles.containers, `${JSON.stringify(containers, undefined, 2)}\n`);
  }

  async #abandon(clock: RunClock, recorder: Recorder, board: FaultBoard, error: unknown): Promise<void> {
    const message = messageOf(error);
    const { docker } = this.#options;
    await board
      .healAll()
      .catch(() => healCluster({ docker, cluster: this.#stage.plan.name }).catch(() => undefined));
    await this.#keepEvidence(clock, recorder).catch(() => undefined);
    recorder.end({ type: "end", at: clock.now(), reason: "aborted", message });
  }

  #announce(): void {
    const { drill, folder, seed } = this.#options;
    const { plan } = this.#stage;
    this.#emit({
      type: "drill",
      at: 0,
      drill: drill.name,
      title: drill.title,
      cluster: plan.name,
      mode: plan.mode,
      groups: plan.groups.map(({ name }) => name),
      seed,
      folder,
      expectedMs:
        baselineMs + estimateSteps(drill.steps satisfies readonly Step[], plan.mode) + 2 * settleMs + 10_000,
    });
  }

  #emit(event: DrillEvent): void {
    this.#options.onEvent?.(event);
  }
}

function tally(load: Load): Tally {
  const totals = [...load.totals()];
  return {
    failures: totals.reduce((sum, [, { failed, inDoubt }]) => sum + failed + inDoubt, 0),
    acknowledged: new Map(totals.map(([group, { acknowledged }]) => [group, acknowledged])),
  };
}
