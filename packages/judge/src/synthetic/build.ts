import { BodyCrc } from "../history/body-crc.ts";
import type { ConsumeRecord, SendRecord } from "../history/operations.ts";
import type { StoredRecord } from "../history/record.ts";
import { faultRecords, type InventedFault } from "./proofs.ts";
import { makeHeader, writtenAt } from "./scenarios.ts";
import { messageBytes } from "./simulate.ts";

const bodies = new BodyCrc(messageBytes);

/** One acknowledged send of `broker-a` on schedule, stored at the offset of its number; anything can be overridden. */
export function send(sequence: number, part: Partial<SendRecord> = {}): SendRecord {
  const scheduled = part.scheduled ?? sequence * 1000;
  return {
    type: "send",
    sequence,
    client: "hotfire",
    scheduled,
    sent: scheduled,
    done: scheduled + 500,
    group: "broker-a",
    broker: "broker-a-0",
    topic: "drill",
    queue: 0,
    outcome: "acknowledged",
    ...((part.outcome ?? "acknowledged") === "acknowledged" ? { offset: sequence } : { error: "no answer" }),
    ...part,
  };
}

/** One pull that brought these sequences. */
export function consume(
  at: number,
  sequences: readonly number[],
  part: Partial<ConsumeRecord> = {},
): ConsumeRecord {
  return {
    type: "consume",
    client: "hotfire",
    scheduled: at,
    sent: at,
    done: at + 100,
    group: "broker-a",
    broker: "broker-a-0",
    topic: "drill",
    queue: 0,
    consumerGroup: "drill-consumers",
    outcome: "acknowledged",
    messages: sequences.map((sequence): [number, number] => [sequence, sequence]),
    ...part,
  };
}

export interface ReadBackPart {
  readonly node?: string;
  readonly authoritative?: boolean;
  readonly queue?: number;
  readonly group?: string;
}

/** A queue read to its end: these sequences from offset 0 on. */
export function readBack(sequences: readonly number[], part: ReadBackPart = {}): StoredRecord[] {
  const place = {
    at: 900_000_000,
    group: "broker-a",
    node: "broker-a-0",
    authoritative: true,
    topic: "drill",
    queue: 0,
    ...part,
  };
  const messages = sequences.map((sequence, offset): [number, number, number] => [
    offset,
    sequence,
    sequence < 0 ? 0 : bodies.of(sequence),
  ]);
  return [
    { type: "read-back", ...place, messages },
    { type: "read-back-done", ...place, from: 0, to: messages.length },
  ];
}

/** A fault on broker-a-0 that was in force and healed. */
export function fault(begin: number, healed: number, part: Partial<InventedFault> = {}): StoredRecord[] {
  return faultRecords({
    id: "f1",
    kind: "delay",
    target: "broker-a:leader",
    nodes: ["broker-a-0"],
    groups: ["broker-a"],
    begin,
    end: begin + 10,
    healBegin: healed,
    healEnd: healed + 10,
    ...part,
  });
}

const after = 800_000_000;

/**
 * A whole history around these records: a header that fits their load, what a run tells besides, and a right end record.
 */
export function history(...parts: readonly (readonly StoredRecord[])[]): StoredRecord[] {
  const given = parts.flat();
  const sends = given.filter((record) => record.type === "send");
  const reads = given.filter((record) => record.type === "consume");
  const stored = given.filter((record) => record.type === "read-back-done");
  const names = [...new Set(["broker-a", ...[...sends, ...reads, ...stored].map(({ group }) => group)])];
  const scheduled = sends.map((send) => send.scheduled);
  const first = scheduled.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = scheduled.reduce((a, b) => Math.max(a, b), 0);
  const spacing = sends.length > 1 && last > first ? (last - first) / (sends.length - 1) : 1000;
  const masterOf = (group: string) =>
    stored.find((one) => one.group === group && one.authoritative)?.node ?? `${group}-0`;
  const hasTerms = given.some((record) => record.type === "role" && record.term !== undefined);
  const brokersOf = (name: string) => [
    ...new Set([`${name}-0`, ...stored.filter(({ group }) => group === name).map(({ node }) => node)]),
  ];
  const header = makeHeader({
    // Without terms there is nobody who was elected.
    mode: hasTerms ? "dledger" : "master-slave-async",
    rate: 1e6 / spacing,
    groups: names.map((name) => ({ name, brokers: brokersOf(name) })),
    expectation: {
      claim: "nothing acknowledged is lost",
      source: "test",
      rules: [],
      ...(given.some(({ type }) => type.startsWith("fault-")) ? {} : { faults: "none" }),
    },
    queuesPerGroup: Math.max(0, ...stored.map(({ queue }) => queue)) + 1,
    consumerGroups: [...new Set(reads.map(({ consumerGroup }) => consumerGroup))],
  });
  const healed = Math.max(0, ...given.map((record) => (record.type === "fault-healed" ? record.end : 0)));
  const drain =
    sends.length === 0
      ? []
      : [{ type: "phase", at: Math.round(last + Math.min(500, spacing)), name: "drain" } as const];
  const routes = names.flatMap((group) =>
    ["namesrv-0", "namesrv-1"].map(
      (namesrv): StoredRecord => ({
        type: "route",
        at: 0,
        namesrv,
        group,
        master: masterOf(group),
        members: brokersOf(group),
      }),
    ),
  );
  const closing: StoredRecord[] = names.flatMap((group): StoredRecord[] => [
    {
      type: "authority",
      at: after,
      group,
      node: masterOf(group),
      by: "route",
      routed: { "namesrv-0": masterOf(group) },
      masters: [masterOf(group)],
    },
  ]);
  const [reading, load] = [given.filter(isReading), given.filter((record) => !isReading(record))];
  const whole: StoredRecord = { type: "whole", at: healed, missing: [] };
  // A run writes what it knows at once; records of one moment stay as they are given.
  const known = [...load, whole].toSorted((a, b) => writtenAt(a) - writtenAt(b));
  const body: StoredRecord[] = [
    { type: "phase", at: 0, name: "baseline" },
    ...routes,
    ...known,
    ...drain,
    { type: "sending-stopped", at: after, client: "hotfire", sent: sends.length },
    { type: "drained", at: after, complete: true },
    ...closing,
    ...reading,
  ];
  return [header, ...body, { type: "end", at: 999_000_000, reason: "completed", records: body.length + 1 }];
}

function isReading({ type }: StoredRecord): boolean {
  return type === "read-back" || type === "read-back-done";
}

/** 0, 1, … count - 1. */
export function range(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}
