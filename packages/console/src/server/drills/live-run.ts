import type { StoredRecord } from "@hotfire/judge/history";
import type { DrillEventData, DrillEventName } from "../../api/index.ts";

export type LiveEvent = {
  [N in DrillEventName]: { readonly name: N; readonly data: DrillEventData<N> };
}[DrillEventName];

const binUs = 250_000;
/** Operations are written when they end, a little out of order: a bin is told when nothing more should come for it. */
const graceUs = 500_000;

interface Bin {
  acknowledged: number;
  failed: number;
  inDoubt: number;
  consumed: number;
  readonly latencies: number[];
}

/** Turns a history's records, in the order they were written, into what a viewer draws. */
export class LiveRun {
  /** Bin number -> broker group. */
  readonly #bins = new Map<number, Map<string, Bin>>();
  readonly #faults = new Map<string, { kind: string; target: string; nodes: string[] }>();
  #newest = 0;

  push(record: StoredRecord): LiveEvent[] {
    switch (record.type) {
      case "header":
        return [
          {
            name: "run",
            data: {
              drill: record.drill,
              cluster: record.cluster.name,
              mode: record.cluster.mode,
              groups: record.cluster.groups.map(({ name }) => name),
              seed: record.seed,
              startedAt: Date.parse(record.clock.origin),
            },
          },
        ];
      case "phase":
        return [{ name: "phase", data: { at: record.at, name: record.name } }];
      case "role":
        if (record.source !== "broker" && record.source !== "self") return [];
        return [
          {
            name: "role",
            data: {
              at: record.at,
              group: record.group,
              node: record.node,
              role: record.role,
              term: record.term ?? null,
            },
          },
        ];
      case "fault-planned": {
        const { fault, kind, target } = record;
        this.#faults.set(fault, { kind, target, nodes: [] });
        return [];
      }
      case "fault-injected": {
        const { fault, kind, target, nodes } = record;
        this.#faults.set(fault, { kind, target, nodes });
        return [this.#fault(fault, "injected", record.end, record.proof.seen)];
      }
      case "fault-healed":
        return [this.#fault(record.fault, "healed", record.end, record.proof.seen)];
      case "fault-error":
        return [this.#fault(record.fault, "error", record.at, record.message)];
      case "send":
      case "consume":
        this.#count(record);
        return this.#due(this.#newest - graceUs);
      case "end":
        return [
          ...this.#due(Number.POSITIVE_INFINITY),
          { name: "end", data: { at: record.at, reason: record.message ?? record.reason } },
        ];
      default:
        return [];
    }
  }

  #fault(id: string, state: "injected" | "healed" | "error", at: number, seen: string): LiveEvent {
    const { kind, target, nodes } = this.#faults.get(id) ?? { kind: "", target: "", nodes: [] };
    return { name: "fault", data: { at, id, state, kind, target, nodes, seen } };
  }

  #count(record: Extract<StoredRecord, { type: "send" | "consume" }>): void {
    this.#newest = Math.max(this.#newest, record.done);
    const number = Math.floor(record.done / binUs);
    const groups = this.#bins.get(number) ?? new Map<string, Bin>();
    this.#bins.set(number, groups);
    const bin = groups.get(record.group) ?? {
      acknowledged: 0,
      failed: 0,
      inDoubt: 0,
      consumed: 0,
      latencies: [],
    };
    groups.set(record.group, bin);
    if (record.type === "consume") {
      bin.consumed += record.messages.length;
      return;
    }
    if (record.outcome === "acknowledged") {
      bin.acknowledged += 1;
      bin.latencies.push(record.done - record.scheduled);
    } else if (record.outcome === "failed") bin.failed += 1;
    else bin.inDoubt += 1;
  }

  #due(before: number): LiveEvent[] {
    const numbers = [...this.#bins.keys()].filter((number) => (number + 1) * binUs <= before);
    return numbers
      .toSorted((a, b) => a - b)
      .flatMap((number) => {
        const groups = this.#bins.get(number) ?? new Map<string, Bin>();
        this.#bins.delete(number);
        return [...groups].map(([group, { latencies, ...counts }]): LiveEvent => {
          const sorted = latencies.toSorted((a, b) => a - b);
          return {
            name: "rates",
            data: {
              at: number * binUs,
              group,
              ...counts,
              latencyP50: sorted[Math.floor(sorted.length / 2)] ?? null,
              latencyMax: sorted.at(-1) ?? null,
            },
          };
        });
      });
  }
}
