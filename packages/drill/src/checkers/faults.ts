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

/**
 * `settle` is how long after healing a failure still counts as the fault's: rejoining, re-registering. A restarted broker
 * rejoins many seconds after its process runs again, so where the cluster was `whole` only later it counts from then.
 */
export function faultWindows(faults: readonly Fault[], settle: Micros, whole: Micros = 0): FaultWindow[] {
  return faults.flatMap((fault) => {
    if (fault.injected === undefined) return [];
    const { begin, end } = fault.injected;
    const healBegin = fault.healed?.begin ?? Number.POSITIVE_INFINITY;
    const until =
      fault.healed === undefined ? Number.POSITIVE_INFINITY : Math.max(fault.healed.end, whole) + settle;
    return [{ fault, begin, inForce: end, healBegin, end: until }];
  });
}
