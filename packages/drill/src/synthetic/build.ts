import type { ConsumeRecord, SendRecord } from "../history/operations.ts";
import type { StoredRecord } from "../history/record.ts";
import { makeHeader } from "./scenarios.ts";

/** One acknowledged send of `broker-a` on schedule; anything can be overridden. */
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
    sequence,
  ]);
  return [
    { type: "read-back", ...place, messages },
    { type: "read-back-done", ...place, from: 0, to: messages.length },
  ];
}

/** A fault on broker-a-0 that was in force and healed. */
export function fault(
  begin: number,
  healed: number,
  part: { id?: string; seen?: string } = {},
): StoredRecord[] {
  const { id = "f1", seen = "exited 137" } = part;
  return [
    {
      type: "fault-injected",
      fault: id,
      kind: "kill",
      target: "broker-a:leader",
      nodes: ["broker-a-0"],
      groups: ["broker-a"],
      begin,
      end: begin + 10,
      proof: { how: "container state", seen },
    },
    {
      type: "fault-healed",
      fault: id,
      begin: healed,
      end: healed + 10,
      proof: { how: "role", seen: "broker-a-0 is follower" },
    },
  ];
}

/** A whole history around these records, with a right end record. */
export function history(...parts: readonly (readonly StoredRecord[])[]): StoredRecord[] {
  const header = makeHeader({
    groups: [{ name: "broker-a", brokers: ["broker-a-0", "broker-a-1", "broker-a-2"] }],
  });
  const body = parts.flat();
  return [header, ...body, { type: "end", at: 999_000_000, reason: "completed", records: body.length + 1 }];
}

/** 0, 1, … count - 1. */
export function range(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}
