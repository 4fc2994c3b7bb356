import { accountMessages } from "../checkers/accounting.ts";
import { ActivityChecker } from "../checkers/activity.ts";
import { AvailabilityChecker } from "../checkers/availability.ts";
import { Coverage } from "../checkers/coverage.ts";
import { FaultLog, faultWindows } from "../checkers/faults.ts";
import { MessageTable } from "../checkers/message-table.ts";
import { OrderChecker } from "../checkers/order.ts";
import { ReplicaChecker } from "../checkers/replicas.ts";
import { RoleChecker } from "../checkers/roles.ts";
import { SwitchTracker } from "../checkers/switch-steps.ts";
import { throughputs } from "../checkers/throughput.ts";
import { DrillError } from "../errors/drill-error.ts";
import type { Micros } from "../history/micros.ts";
import type { ConsumeRecord, SendRecord } from "../history/operations.ts";
import type { ReadBackRecord } from "../history/read-back-records.ts";
import type { HistoryBatches, HistoryRecord } from "../history/record.ts";
import type { BurstRecord, EndRecord, HeaderRecord } from "../history/run-records.ts";
import { type DrillResult, makeResult } from "../result/make-result.ts";
import { type Series, SeriesCollector } from "../series/series.ts";
import type { Findings } from "../verdict/findings.ts";
import type { Prediction } from "../verdict/prediction.ts";
import type { Expectation, Rule } from "../verdict/rule.ts";

export interface JudgeOptions {
  /** The person's limits, from `parseLimits`. */
  readonly limits?: readonly Rule[];
  readonly expectation?: Expectation | undefined;
  /** Shown beside the measured steps of the switch. */
  readonly predictions?: readonly Prediction[];
  /** How long after healing a failure still counts as the fault's. Default 10 s. */
  readonly settle?: Micros;
}

export interface Judged {
  readonly result: DrillResult;
  /** For `renderReport`. */
  readonly series: Series;
}

const defaultSettle: Micros = 10_000_000;

/** Runs every checker over one history, in one pass and in bounded memory: about 30 bytes a message. */
export class Judge {
  readonly #table = new MessageTable();
  readonly #coverage = new Coverage(this.#table);
  readonly #order = new OrderChecker(this.#table);
  readonly #availability = new AvailabilityChecker();
  readonly #activity = new ActivityChecker();
  readonly #roles = new RoleChecker();
  readonly #steps = new SwitchTracker();
  readonly #replicas = new ReplicaChecker();
  readonly #faults = new FaultLog();
  readonly #series = new SeriesCollector();
  readonly #bursts: BurstRecord[] = [];
  #baseline: Micros | undefined;
  #whole: Micros | undefined;
  #header: HeaderRecord | undefined;
  #end: EndRecord | undefined;
  #records = 0;
  #tornBytes: number | undefined;
  #redelivered = 0;
  #foreign = 0;
  #hasConsumers = false;

  add(record: HistoryRecord): void {
    if (record.type !== "end" && record.type !== "torn") this.#records += 1;
    switch (record.type) {
      case "send":
        this.#addSend(record);
        return;
      case "consume":
        this.#addConsume(record);
        return;
      case "read-back":
        this.#addReadBack(record);
        return;
      case "read-back-done":
        this.#coverage.addDone(record);
        this.#replicas.addDone(record);
        return;
      case "fault-planned":
      case "fault-injected":
      case "fault-healed":
      case "fault-error":
        this.#faults.add(record);
        return;
      case "role":
        this.#roles.addRole(record);
        this.#steps.addRole(record);
        this.#series.addRole(record);
        return;
      case "route":
        this.#steps.addRoute(record);
        return;
      case "milestone":
        this.#steps.addMilestone(record);
        return;
      case "log":
        this.#series.addLog(record);
        return;
      case "phase":
        if (record.name === "baseline") this.#baseline ??= record.at;
        if (record.name === "whole") this.#whole = record.at;
        this.#series.addPhase(record);
        return;
      case "burst":
        this.#bursts.push(record);
        return;
      case "header":
        this.#header ??= record;
        return;
      case "end":
        this.#end = record;
        return;
      case "torn":
        this.#tornBytes = record.bytes;
        return;
      case "sync-set":
        return;
    }
  }

  finish(options: JudgeOptions = {}): Judged {
    if (this.#header === undefined) {
      throw new DrillError("HISTORY_CORRUPT", "The history does not begin with a header record.", {
        hint: "It is empty, or not a history. Nothing can be judged without knowing what was run.",
      });
    }
    const faults = this.#faults.faults();
    const windows = faultWindows(faults, options.settle ?? defaultSettle, this.#whole);
    const availability = this.#availability.finish(windows, this.#baseline);
    const findings: Findings = {
      faults,
      availability,
      accounting: accountMessages({
        table: this.#table,
        coverage: this.#coverage,
        redelivered: this.#redelivered,
        foreign: this.#foreign,
        hasConsumers: this.#hasConsumers,
      }),
      queuesReadBack: this.#coverage.queues,
      order: this.#order.finish(),
      replicas: this.#replicas.finish(),
      roles: this.#roles.finish(),
      steps: this.#steps.finish(windows, availability.recoveries),
      activity: this.#activity.finish(windows),
      bursts: throughputs(this.#bursts, this.#header),
      end: this.#end,
      tornBytes: this.#tornBytes,
      records: this.#records,
    };
    const series = this.#series.finish();
    return { result: makeResult(this.#header, findings, options), series };
  }

  #addSend(record: SendRecord): void {
    this.#table.addSend(record);
    this.#availability.add(record, 0);
    this.#activity.addSend(record);
    this.#roles.addSend(record);
    this.#steps.addSend(record);
    this.#series.addOperation(record);
  }

  #addConsume(record: ConsumeRecord): void {
    this.#hasConsumers = true;
    let fresh = 0;
    for (const [, sequence] of record.messages) {
      if (sequence < 0) this.#foreign += 1;
      else if (this.#table.addDelivery(sequence, record.consumerGroup) === "first") fresh += 1;
      else this.#redelivered += 1;
    }
    this.#availability.add(record, fresh);
    this.#series.addOperation(record);
  }

  #addReadBack(record: ReadBackRecord): void {
    this.#replicas.addRows(record);
    const queue = this.#table.queueNumber(record.group, record.topic, record.queue);
    for (const [, sequence] of this.#coverage.fresh(record)) {
      if (sequence < 0) {
        if (record.authoritative) this.#foreign += 1;
      } else if (this.#table.addStored(sequence, record.authoritative) === "first" && record.authoritative) {
        this.#order.addStored(queue, sequence);
      }
    }
  }
}

/** Judges a history: a stream of batches (`readHistory(path)`) or an array of them. */
export async function judge(batches: HistoryBatches, options: JudgeOptions = {}): Promise<Judged> {
  const judge = new Judge();
  for await (const batch of batches) for (const record of batch) judge.add(record);
  return judge.finish(options);
}
