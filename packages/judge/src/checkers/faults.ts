import type { Asked, FaultRecord, Proof } from "../history/fault-records.ts";
import type { Micros } from "../history/micros.ts";
import type { OperationRecord } from "../history/operations.ts";
import type { SentTimes } from "./accounting.ts";
import { clip, unite } from "./intervals.ts";

/** A fault as the history tells it, from plan to healing. */
export interface Fault {
  readonly id: string;
  readonly kind: string;
  readonly target: string;
  readonly nodes: readonly string[];
  readonly groups: readonly string[];
  readonly injected?: { readonly begin: Micros; readonly end: Micros; readonly proof: Proof };
  readonly healed?: { readonly begin: Micros; readonly end: Micros; readonly proof: Proof };
  readonly errors: readonly string[];
  readonly asked?: Asked | undefined;
  /** As its plan named it; undefined where no plan is told. */
  readonly plannedKind: string | undefined;
  /** Records of its injection and of its healing: one each. */
  readonly injections: number;
  readonly healings: number;
  /** First answer of a node that it hit, to an operation that was sent when the fault was in force. */
  readonly answered?: { readonly node: string; readonly at: Micros } | undefined;
}

/** A fault that has begun, with the time in which failures are its consequence. */
export interface FaultWindow {
  readonly fault: Fault;
  readonly begin: Micros;
  /** When it was proven in force. */
  readonly inForce: Micros;
  /** Infinity while it was not healed. */
  readonly healBegin: Micros;
  readonly end: Micros;
}

interface Draft {
  kind: string;
  target: string;
  nodes: readonly string[];
  groups: readonly string[];
  injected?: Fault["injected"] & object;
  healed?: Fault["healed"] & object;
  errors: string[];
  asked?: Asked | undefined;
  plannedKind: string | undefined;
  injections: number;
  healings: number;
  answered?: { readonly node: string; readonly at: Micros };
  /** Another fault was in force on one of its nodes at the same time. */
  isShared: boolean;
}

/** Puts the records of each fault together. */
export class FaultLog {
  readonly #drafts = new Map<string, Draft>();
  /** Faults that were injected and not yet healed, by the nodes that they hit. */
  readonly #inForce = new Map<string, readonly Draft[]>();

  add(record: FaultRecord): void {
    const draft = this.#draft(record.fault);
    switch (record.type) {
      case "fault-planned":
        draft.plannedKind = record.kind;
        draft.asked = record.asked;
        if (draft.injected === undefined) Object.assign(draft, { kind: record.kind, target: record.target });
        return;
      case "fault-injected": {
        const { kind, target, nodes, groups, begin, end, proof } = record;
        draft.injections += 1;
        Object.assign(draft, { kind, target, nodes, groups, injected: { begin, end, proof } });
        for (const node of nodes) this.#hit(node, draft);
        return;
      }
      case "fault-healed":
        draft.healings += 1;
        for (const node of draft.nodes)
          this.#inForce.set(
            node,
            (this.#inForce.get(node) ?? []).filter((one) => one !== draft),
          );
        draft.healed = { begin: record.begin, end: record.end, proof: record.proof };
        return;
      case "fault-error":
        draft.errors.push(`${record.step}: ${record.message}`);
    }
  }

  /**
   * What a node answers our own client while a fault is in force there is held against the fault. An official client tells addresses,
   * which a node that starts may take over from one that is gone.
   */
  addAnswer({ outcome, broker, sent, done, client }: OperationRecord): void {
    if (outcome !== "acknowledged" || broker === undefined || client !== "hotfire") return;
    const [draft] = this.#inForce.get(broker) ?? [];
    if (draft?.injected === undefined || draft.isShared || sent <= draft.injected.end) return;
    draft.answered ??= { node: broker, at: done };
  }

  /** Where two faults meet, the healing of one may undo the other: what the node answers then contradicts neither. */
  #hit(node: string, draft: Draft): void {
    const drafts = [...(this.#inForce.get(node) ?? []), draft];
    this.#inForce.set(node, drafts);
    if (drafts.length > 1) for (const one of drafts) one.isShared = true;
  }

  /** In order of injection; those that never began come last. */
  faults(): Fault[] {
    const begin = (fault: Fault) => fault.injected?.begin ?? Number.POSITIVE_INFINITY;
    return [...this.#drafts]
      .map(([id, { isShared: _, ...draft }]) => ({ id, ...draft }))
      .sort((a, b) => begin(a) - begin(b) || 0);
  }

  #draft(id: string): Draft {
    let draft = this.#drafts.get(id);
    if (draft === undefined) {
      draft = {
        kind: "unknown",
        target: "unknown",
        nodes: [],
        groups: [],
        errors: [],
        plannedKind: undefined,
        injections: 0,
        healings: 0,
        isShared: false,
      };
      this.#drafts.set(id, draft);
    }
    return draft;
  }
}

/** How long failures may follow a fault that is over. */
export interface Settling {
  /** After its healing was proven, where it was not checked whether the cluster was whole. */
  readonly healed: Micros;
  /** After the cluster was seen whole again: clients still have to notice. */
  readonly whole: Micros;
  /** At most after its healing, when the next fault comes before anybody looked. */
  readonly atMost: Micros;
}

export const settling: Settling = { healed: 10_000_000, whole: 5_000_000, atMost: 20_000_000 };

/**
 * The time in which failures are a fault's consequence: from its order until the cluster was seen whole after it, and some.
 * A restarted broker rejoins many seconds after its process runs again, but it belongs to its own fault: where the next one
 * came before anybody looked, the window ends on its own.
 */
export function faultWindows(
  faults: readonly Fault[],
  wholes: readonly Micros[],
  { healed: afterHealed, whole: afterWhole, atMost }: Settling = settling,
): FaultWindow[] {
  const begins = faults.flatMap(({ injected }) => injected?.begin ?? []);
  return faults.flatMap((fault) => {
    const { injected, healed } = fault;
    if (injected === undefined) return [];
    const window = { fault, begin: injected.begin, inForce: injected.end };
    if (healed === undefined) {
      return [{ ...window, healBegin: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY }];
    }
    const whole = wholes.find((at) => at >= healed.end);
    const end = whole === undefined ? healed.end + afterHealed : whole + afterWhole;
    const isInterrupted = begins.some((begin) => begin >= healed.end && begin < (whole ?? end));
    return [
      { ...window, healBegin: healed.begin, end: isInterrupted ? Math.min(end, healed.end + atMost) : end },
    ];
  });
}

/** Whether one moment lies in a fault's window. */
export function isInWindow(at: Micros, windows: readonly FaultWindow[]): boolean {
  return windows.some(({ begin, end }) => at >= begin && at < end);
}

/** When messages to a group were sent in the window of a fault that hit it, and when besides before the last of them was in force. */
export function sentTimesOf(windows: readonly FaultWindow[]): SentTimes {
  const known = new Map<string, ReturnType<SentTimes>>();
  return (group) => {
    let times = known.get(group);
    if (times === undefined) {
      const mine = windows.filter(({ fault }) => fault.groups.includes(group));
      const inWindows = unite(mine.map(({ begin, end }) => ({ from: begin, to: end })));
      const until = Math.max(0, ...mine.map(({ inForce }) => inForce));
      times = { "in-windows": inWindows, "until-in-force": clip(inWindows, { from: 0, to: until }) };
      known.set(group, times);
    }
    return times;
  };
}
