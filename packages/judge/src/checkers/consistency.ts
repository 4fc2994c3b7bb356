import type { Micros } from "../history/micros.ts";
import type { RoleRecord } from "../history/observation-records.ts";
import type { ConsumeRecord, OperationRecord, SendRecord } from "../history/operations.ts";
import type { HeaderRecord, SendingStoppedRecord } from "../history/run-records.ts";
import type { Fault } from "./faults.ts";
import { type Interval, overlap } from "./intervals.ts";
import type { Lane } from "./lane.ts";
import { binWidth } from "./lane.ts";
import type { MessageTable } from "./message-table.ts";

/** Deliveries whose sending is not yet told: an answer that is under way while the message is delivered. */
const mostPending = 100_000;
/** Two processes read the same clock. */
const clockSlack: Micros = 50_000;
const modes: ReadonlySet<string> = new Set([
  "single-master",
  "multi-master",
  "master-slave-async",
  "master-slave-sync",
  "dledger",
  "controller",
]);
const elects: ReadonlySet<string> = new Set(["dledger", "controller"]);
const raftRoles: ReadonlySet<string> = new Set(["leader", "follower", "candidate"]);

export interface ConsistencyContext {
  readonly header: HeaderRecord;
  readonly faults: readonly Fault[];
  readonly loadEnd: Micros | undefined;
  readonly pauses: readonly Interval[];
  readonly lanes: readonly Lane[];
}

/** Do the records of a run agree with its header, and with each other? Where they do not, one of them is not true. */
export class ConsistencyChecker {
  readonly #table: MessageTable;
  #stoppedAt: Micros | undefined;
  readonly #problems = new Set<string>();
  readonly #pending = new Map<number, Micros>();
  #header: HeaderRecord | undefined;
  #members = new Map<string, ReadonlySet<string>>();

  constructor(table: MessageTable) {
    this.#table = table;
  }

  addHeader(header: HeaderRecord): void {
    this.#header = header;
    this.#members = new Map(header.cluster.groups.map(({ name, brokers }) => [name, new Set(brokers)]));
  }

  addSend(record: SendRecord): void {
    this.#addOperation(record);
    const { outcome, code, client, broker, sequence, sent } = record;
    const { producer } = this.#header?.workload ?? {};
    if (producer !== undefined && client !== producer)
      this.#tell(`${client} sent, and the header names ${producer}`);
    if (outcome === "acknowledged" && client !== "node-proxy") {
      if (code !== undefined && code !== 0)
        this.#tell(`a send counts as acknowledged that was answered with code ${code}`);
      if (client === "hotfire" && broker === undefined) this.#tell("a broker acknowledged that is not told");
    }
    if (outcome !== "acknowledged" && code === undefined) {
      if (record.error === undefined) this.#tell("a send was not acknowledged, and it is not told why");
      if (record.offset !== undefined)
        this.#tell("a send has the offset of an answer, and counts as one without an answer");
    }
    if (outcome === "failed" && code === 0)
      this.#tell("a send counts as failed that was answered with code 0");
    const delivered = this.#pending.get(sequence);
    this.#pending.delete(sequence);
    if (delivered !== undefined && delivered + clockSlack < sent)
      this.#tell(`message ${sequence} was delivered before it was sent`);
  }

  addConsume(record: ConsumeRecord): void {
    this.#addOperation(record);
    const { consumer, consumerGroups } = this.#header?.workload ?? {};
    if (consumer !== undefined && record.client !== consumer)
      this.#tell(`${record.client} consumed, and the header names ${consumer}`);
    if (consumerGroups !== undefined && !consumerGroups.includes(record.consumerGroup))
      this.#tell(`the consumer group ${record.consumerGroup} is not in the header`);
    for (const [offset, sequence] of record.messages) this.#addDelivery(record, offset, sequence);
  }

  /** DLedger's roles belong to its mode, and terms to modes that elect. */
  addRole({ role, term }: RoleRecord): void {
    const mode = this.#header?.cluster.mode;
    if (mode !== undefined && term !== undefined && !elects.has(mode))
      this.#tell(`a term was seen in the mode ${mode}`);
    if (mode !== undefined && mode !== "dledger" && raftRoles.has(role))
      this.#tell(`a ${role} was seen in the mode ${mode}`);
  }

  /** Each producing client counts its own sends. An official one is another process: it hears later that the load is over, and says when it has stopped. */
  addCount({ client, at }: SendingStoppedRecord): void {
    if (client !== "hotfire") this.#stoppedAt = Math.max(this.#stoppedAt ?? 0, at);
    const { producer } = this.#header?.workload ?? {};
    if (producer !== undefined && client !== producer)
      this.#tell(`${client} counted its sends, and the header names ${producer}`);
  }

  finish({ header, faults, loadEnd, pauses, lanes }: ConsistencyContext): string[] {
    if (!modes.has(header.cluster.mode)) this.#tell(`there is no mode ${header.cluster.mode}`);
    if (header.version > 1) {
      if (loadEnd === undefined && lanes.length > 0) this.#tell("it is not told when the load ended");
      if (header.expectation?.faults === "none" && faults.some(({ injected }) => injected !== undefined))
        this.#tell("a fault was injected where none was claimed");
    }
    for (const lane of lanes) {
      if (loadEnd !== undefined && lane.lastScheduled > (this.#stoppedAt ?? loadEnd) + binWidth)
        this.#tell("messages were due after the load had ended");
      for (const { at } of lane.bins()) {
        const bin = { from: at, to: at + binWidth };
        if (pauses.some((pause) => overlap(pause, bin) === binWidth && at >= pause.from + binWidth))
          this.#tell("messages were due while no message was to be sent");
      }
    }
    return [...this.#problems];
  }

  #addOperation({ group, topic, queue, broker, type }: OperationRecord): void {
    if (this.#header === undefined) return;
    const { workload } = this.#header;
    const members = this.#members.get(group);
    if (members === undefined) this.#tell(`${group} is no group of the cluster`);
    else if (broker !== undefined && !members.has(broker)) this.#tell(`${broker} is no broker of ${group}`);
    if (workload.topic !== undefined && topic !== workload.topic)
      this.#tell("a topic was used that is not the run's");
    if (workload.queuesPerGroup !== undefined && queue >= workload.queuesPerGroup && type === "send")
      this.#tell(`queue ${queue} of ${group} is not in the header`);
  }

  #addDelivery({ group, topic, queue, done }: ConsumeRecord, offset: number, sequence: number): void {
    if (sequence < 0 || !this.#table.isPlausible(sequence)) return;
    if (this.#table.outcome(sequence) === undefined) {
      if (this.#pending.size < mostPending) this.#pending.set(sequence, done);
      return;
    }
    if (done + clockSlack < this.#table.sent(sequence))
      this.#tell(`message ${sequence} was delivered before it was sent`);
    const answered = this.#table.answeredOffset(sequence);
    if (answered === undefined || this.#table.isRepeated(sequence)) return;
    const isThere = this.#table.queueOf(sequence) === this.#table.queueNumber(group, topic, queue);
    if (!isThere || answered !== offset)
      this.#tell(`message ${sequence} was delivered from another place than the broker answered`);
  }

  #tell(problem: string): void {
    if (this.#problems.size < 20) this.#problems.add(problem);
  }
}
