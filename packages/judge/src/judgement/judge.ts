import { accountMessages } from "../checkers/accounting.ts";
import { ActivityChecker } from "../checkers/activity.ts";
import { AvailabilityChecker } from "../checkers/availability.ts";
import { BaselineChecker } from "../checkers/baseline.ts";
import { BurstChecker } from "../checkers/bursts.ts";
import { ClockChecker, knownAt } from "../checkers/clock.ts";
import { ConsistencyChecker } from "../checkers/consistency.ts";
import { Coverage } from "../checkers/coverage.ts";
import { FaultMoments } from "../checkers/fault-moments.ts";
import { FaultLog, faultWindows, sentTimesOf, settling } from "../checkers/faults.ts";
import { type Interval, unite } from "../checkers/intervals.ts";
import { KindsChecker } from "../checkers/kinds/kinds-checker.ts";
import { LoadChecker } from "../checkers/load.ts";
import { MessageTable } from "../checkers/message-table.ts";
import { ObservedChanges } from "../checkers/observed-changes.ts";
import { OrderChecker } from "../checkers/order.ts";
import { ReadingChecker } from "../checkers/reading.ts";
import { ReplicaChecker } from "../checkers/replicas.ts";
import { RoleChecker } from "../checkers/roles.ts";
import { SwitchTracker } from "../checkers/switch-steps.ts";
import { throughputs } from "../checkers/throughput.ts";
import { ToldOnce } from "../checkers/told-once.ts";
import { TopologyChecker } from "../checkers/topology.ts";
import { JudgeError } from "../errors/judge-error.ts";
import { type BodyCrc, bodyCrcFor, numberBytes } from "../history/body-crc.ts";
import type { Expectation, Rule } from "../history/expectation.ts";
import type { Micros } from "../history/micros.ts";
import type { RouteRecord } from "../history/observation-records.ts";
import type { ConsumeRecord, SendRecord } from "../history/operations.ts";
import type { AuthorityRecord, ReadBackRecord } from "../history/read-back-records.ts";
import type { HistoryBatches, HistoryRecord } from "../history/record.ts";
import type {
  BurstRecord,
  DrainedRecord,
  EndRecord,
  HeaderRecord,
  PhaseRecord,
  SendingPausedRecord,
  SendingResumedRecord,
  WholeRecord,
} from "../history/run-records.ts";
import { type DrillResult, makeResult } from "../result/make-result.ts";
import { type Series, SeriesCollector } from "../series/series.ts";
import type { Findings } from "../verdict/findings.ts";
import type { Prediction } from "../verdict/prediction.ts";
import { gatherEvidence, hasHole } from "./evidence.ts";

export interface JudgeOptions {
  /** The person's limits, from `parseLimits`. */
  readonly limits?: readonly Rule[];
  /** Instead of what the history says was claimed; those of format 1 say nothing. */
  readonly expectation?: Expectation | undefined;
  /** Shown beside the measured steps of the switch. */
  readonly predictions?: readonly Prediction[];
  /** How long after healing a failure still counts as the fault's, where it was not checked whether the cluster was whole. Default 10 s. */
  readonly settle?: Micros;
  /** Rules that hold whatever is claimed. Default `standingRules`; a test takes out one after the other. */
  readonly standing?: readonly Rule[];
}

export interface Judged {
  readonly result: DrillResult;
  /** For `renderReport`. */
  readonly series: Series;
}

const mostRoutes = 10_000;

/** Runs every checker over one history, in one pass and in bounded memory: about 40 bytes a message. */
export class Judge {
  readonly #table = new MessageTable();
  readonly #coverage = new Coverage(this.#table);
  readonly #consistency = new ConsistencyChecker(this.#table);
  readonly #order = new OrderChecker(this.#table);
  readonly #kinds = new KindsChecker();
  readonly #availability = new AvailabilityChecker();
  readonly #activity = new ActivityChecker();
  readonly #roles = new RoleChecker();
  readonly #steps = new SwitchTracker();
  readonly #replicas = new ReplicaChecker();
  readonly #faults = new FaultLog();
  readonly #load = new LoadChecker();
  readonly #clock = new ClockChecker();
  readonly #moments = new FaultMoments();
  readonly #calm = new BaselineChecker();
  readonly #changes = new ObservedChanges();
  readonly #once = new ToldOnce();
  readonly #reading = new ReadingChecker();
  readonly #topology = new TopologyChecker();
  readonly #burstChecker = new BurstChecker();
  readonly #series = new SeriesCollector();
  readonly #bursts: BurstRecord[] = [];
  readonly #wholes: WholeRecord[] = [];
  readonly #rests: (SendingPausedRecord | SendingResumedRecord)[] = [];
  readonly #authorities: AuthorityRecord[] = [];
  readonly #routes = new Map<string, RouteRecord>();
  #bodies: BodyCrc | undefined;
  #baseline: Micros | undefined;
  #drain: Micros | undefined;
  #drained: DrainedRecord | undefined;
  #header: HeaderRecord | undefined;
  #headers = 0;
  #end: EndRecord | undefined;
  #records = 0;
  #behindEnd = 0;
  #tornBytes: number | undefined;
  #sha256: string | undefined;
  #redelivered = 0;
  #foreign = 0;
  #lastDone: Micros = 0;

  /** SHA-256 of everything that was read before the last record. */
  set digest(sha256: string) {
    this.#sha256 = sha256;
  }

  add(record: HistoryRecord): void {
    if (this.#end !== undefined && record.type !== "torn") this.#behindEnd += 1;
    if (record.type !== "end" && record.type !== "torn") this.#records += 1;
    this.#once.add(record);
    const known = knownAt(record);
    if (known !== undefined && record.type !== "end") this.#clock.add(known, record.type);
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
        this.#reading.addDone(record);
        this.#replicas.addDone(record);
        return;
      case "authority":
        this.#authorities.push(record);
        this.#topology.addAuthority(record);
        return;
      case "fault-injected":
      case "fault-healed":
        this.#clock.addSpan(record.begin, record.end, record.type);
        this.#moments.addStep(record);
        this.#faults.add(record);
        return;
      case "fault-planned":
        this.#moments.addPlanned(record);
        this.#calm.addFault();
        this.#faults.add(record);
        return;
      case "fault-error":
        this.#moments.addError(record.at);
        this.#faults.add(record);
        return;
      case "role":
        this.#consistency.addRole(record);
        this.#roles.addRole(record);
        this.#topology.addRole(record);
        this.#changes.add(record);
        this.#steps.addRole(record);
        this.#series.addRole(record);
        return;
      case "route":
        if (this.#routes.size < mostRoutes) this.#routes.set(`${record.namesrv} ${record.group}`, record);
        this.#steps.addRoute(record);
        this.#topology.addRoute(record);
        this.#changes.add(record);
        return;
      case "milestone":
        this.#steps.addMilestone(record);
        return;
      case "log":
        this.#series.addLog(record);
        return;
      case "phase":
        this.#addPhase(record);
        return;
      case "whole":
        this.#wholes.push(record);
        return;
      case "sending-paused":
      case "sending-resumed":
        this.#rests.push(record);
        return;
      case "drained":
        this.#drained = record;
        return;
      case "sending-stopped":
        this.#load.addCount(record);
        this.#consistency.addCount(record);
        return;
      case "tester-stall":
        this.#clock.addSpan(record.begin, record.end, record.type);
        this.#load.addStall(record);
        return;
      case "burst":
        this.#clock.addSpan(record.begin, record.end, record.type);
        this.#bursts.push(record);
        this.#burstChecker.addBurst(record);
        return;
      case "header":
        this.#addHeader(record);
        return;
      case "end":
        this.#end ??= record;
        return;
      case "torn":
        this.#tornBytes = record.bytes;
        return;
      case "sync-set":
        this.#topology.addSyncSet(record);
        this.#changes.add(record);
        return;
      case "note":
        return;
      default:
        this.#kinds.add(record);
    }
  }

  finish(options: JudgeOptions = {}): Judged {
    const header = this.#header;
    if (header === undefined) {
      throw new JudgeError("HISTORY_CORRUPT", "The history does not begin with a header record.", {
        hint: "It is empty, or not a history. Nothing can be judged without knowing what was run.",
      });
    }
    const expectation = options.expectation ?? header.expectation;
    const findings = this.#findings(header, expectation, options);
    return {
      result: makeResult(header, findings, { ...options, expectation }),
      series: this.#series.finish(),
    };
  }

  #findings(header: HeaderRecord, expectation: Expectation | undefined, { settle }: JudgeOptions): Findings {
    const faults = this.#faults.faults();
    const wholes = this.#wholes.filter(({ missing }) => missing.length === 0).map(({ at }) => at);
    const windows = faultWindows(faults, wholes, {
      ...settling,
      ...(settle === undefined ? {} : { healed: settle }),
    });
    const baseline = this.#baseline ?? 0;
    const loadEnd = this.#drain;
    const pauses = this.#pauses();
    const load = this.#load.finish({
      header,
      windows,
      baseline,
      loadEnd,
      pauses: unite([...pauses, ...this.#bursts.map(({ begin, end }) => ({ from: begin, to: end }))]),
      numbering: this.#table.numbering,
      lane: (verb, group) => this.#availability.lane(verb, group),
    });
    const availability = this.#availability.finish({
      windows,
      baseline,
      loadEnd,
      pauses,
      stalls: load.stalls,
    });
    const consumerGroups = header.workload.consumerGroups ?? this.#table.consumerGroups;
    const activity = this.#activity.finish(
      windows,
      header.cluster.groups.map(({ name }) => name),
    );
    const roles = this.#roles.finish({
      windows,
      baseline,
      elects: ["dledger", "controller"].includes(header.cluster.mode),
    });
    const read = this.#coverage.finish(header);
    const readBack = { ...read, problems: [...read.problems, ...this.#reading.finish(header)] };
    return {
      faults,
      availability,
      accounting: accountMessages({
        table: this.#table,
        coverage: this.#coverage,
        redelivered: this.#redelivered,
        foreign: this.#foreign,
        consumerGroups,
        times: sentTimesOf(windows),
        hasNumberedBodies: this.#bodies !== undefined,
        // A proxy answers for a broker; of what it tells no run was measured.
        tellsOffsets: header.workload.producer !== "node-proxy",
      }),
      queuesReadBack: this.#coverage.queues,
      order: this.#order.finish(),
      kinds: this.#kinds.finish(header, faults),
      replicas: this.#replicas.finish(),
      roles,
      steps: this.#steps.finish(windows, availability.recoveries),
      activity,
      bursts: throughputs(this.#bursts, header),
      end: this.#end,
      tornBytes: this.#tornBytes,
      records: this.#records,
      hasHole: hasHole({ end: this.#end, records: this.#records }),
      drained: this.#drained?.complete,
      groups: header.cluster.groups.map(({ name }) => name),
      evidence: gatherEvidence({
        header,
        headers: this.#headers,
        end: this.#end,
        records: this.#records,
        behindEnd: this.#behindEnd,
        tornBytes: this.#tornBytes,
        sha256: this.#sha256,
        expectation,
        clock: this.#clock.finish(this.#end?.at),
        calm: this.#calm.finish(),
        changes: this.#changes.finish(),
        moments: this.#moments.finish(expectation?.faults === "some"),
        sent: this.#table.numbering.sends,
        length: this.#lastDone,
        consistency: [
          ...this.#topology.finish(header),
          ...this.#once.finish(),
          ...this.#burstChecker.finish(),
          ...this.#consistency.finish({
            header,
            faults,
            loadEnd,
            pauses,
            lanes: header.cluster.groups.flatMap(({ name }) => this.#availability.lane("send", name) ?? []),
          }),
        ],
        load,
        activity,
        faults,
        wholes: this.#wholes,
        hasBaseline: this.#baseline !== undefined,
        readBack,
        authorities: this.#authorities,
        routes: [...this.#routes.values()],
        drained: this.#drained,
        hasConsumers: consumerGroups.length > 0,
        roles,
      }),
    };
  }

  /** Times in which no message was due, because the drill said so. */
  #pauses(): Interval[] {
    const pauses: Interval[] = [];
    let from: Micros | undefined;
    for (const { type, at } of this.#rests) {
      if (type === "sending-paused") from ??= at;
      else if (from !== undefined) {
        pauses.push({ from, to: at });
        from = undefined;
      }
    }
    return unite(pauses);
  }

  #addHeader(record: HeaderRecord): void {
    this.#headers += 1;
    if (this.#header !== undefined) return;
    this.#header = record;
    this.#consistency.addHeader(record);
    this.#burstChecker.addHeader(record);
    const { workload, version } = record;
    // Before the history told, our own producer's bodies followed from the sequence, and no other one's.
    const isNumbered = version === 1 ? workload.clients[0] === "hotfire" : workload.numberedBodies === true;
    if (isNumbered && workload.messageBytes >= numberBytes) this.#bodies = bodyCrcFor(workload.messageBytes);
  }

  #addPhase(record: PhaseRecord): void {
    if (record.name === "baseline") this.#baseline ??= record.at;
    if (record.name === "drain") this.#drain ??= record.at;
    // As format 1 has it, which does not tell whether anything was missing.
    if (record.name === "whole") this.#wholes.push({ type: "whole", at: record.at, missing: [] });
    this.#moments.addPhase(record);
    this.#calm.addPhase(record, this.#clock.front);
    this.#series.addPhase(record);
  }

  #addSend(record: SendRecord): void {
    if (record.done > this.#lastDone) this.#lastDone = record.done;
    this.#clock.addOperation(record);
    this.#consistency.addSend(record);
    this.#table.addSend(record);
    this.#load.addSend(record);
    this.#burstChecker.addSend(record);
    this.#faults.addAnswer(record);
    this.#availability.add(record, 0);
    this.#activity.addSend(record);
    this.#roles.addSend(record);
    this.#steps.addSend(record);
    this.#series.addOperation(record);
  }

  #addConsume(record: ConsumeRecord): void {
    this.#clock.addOperation(record);
    this.#faults.addAnswer(record);
    this.#consistency.addConsume(record);
    let fresh = 0;
    for (const [, sequence] of record.messages) {
      if (sequence < 0 || !this.#table.isPlausible(sequence)) this.#foreign += 1;
      else if (this.#table.addDelivery(sequence, record.consumerGroup) === "first") fresh += 1;
      else this.#redelivered += 1;
    }
    this.#availability.add(record, fresh);
    this.#series.addOperation(record);
  }

  #addReadBack(record: ReadBackRecord): void {
    this.#replicas.addRows(record);
    this.#reading.addRows(record);
    const queue = this.#table.queueNumber(record.group, record.topic, record.queue);
    for (const [offset, sequence, crc] of this.#coverage.fresh(record)) {
      if (sequence < 0 || !this.#table.isPlausible(sequence)) {
        if (record.authoritative) this.#foreign += 1;
      } else if (!record.authoritative) this.#table.addReplica(sequence);
      else {
        const hasItsBody = this.#bodies === undefined || this.#bodies.of(sequence) === crc;
        if (this.#table.addStored(sequence, queue, offset, hasItsBody) === "first")
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
