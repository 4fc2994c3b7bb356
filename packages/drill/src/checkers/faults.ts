import type { FaultRecord, Proof } from "../history/fault-records.ts";
import type { Micros } from "../history/micros.ts";

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
}

/** Puts the records of each fault together. */
export class FaultLog {
  readonly #drafts = new Map<string, Draft>();

  add(record: FaultRecord): void {
    const draft = this.#draft(record.fault);
    switch (record.type) {
      case "fault-planned":
        draft.kind = record.kind;
        draft.target = record.target;
        return;
      case "fault-injected": {
        const { kind, target, nodes, groups, begin, end, proof } = record;
        Object.assign(draft, { kind, target, nodes, groups, injected: { begin, end, proof } });
        return;
      }
      case "fault-healed":
        draft.healed = { begin: record.begin, end: record.end, proof: record.proof };
        return;
      case "fault-error":
        draft.errors.push(`${record.step}: ${record.message}`);
    }
  }

  /** In order of injection; those that never began come last. */
  faults(): Fault[] {
    const begin = (fault: Fault) => fault.injected?.begin ?? Number.POSITIVE_INFINITY;
    return [...this.#drafts]
      .map(([id, draft]) => ({ id, ...draft }))
      .sort((a, b) => begin(a) - begin(b) || 0);
  }

  #draft(id: string): Draft {
    let draft = this.#drafts.get(id);
    if (draft === undefined) {
      draft = { kind: "unknown", target: "unknown", nodes: [], groups: [], errors: [] };
      this.#drafts.set(id, draft);
    }
    return draft;
  }
}

/** A fault was in force when something was seen that says so. */
export function wasInForce(fault: Fault): boolean {
  return fault.injected !== undefined && fault.injected.proof.seen.trim() !== "";
}

export function wasHealed(fault: Fault): boolean {
  return fault.healed !== undefined && fault.healed.proof.seen.trim() !== "";
}

/** How long failures may follow a fault that is over. */
export interface Settling {
  /** After its healing was proven, where nobody looked whether the cluster was whole. */
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
