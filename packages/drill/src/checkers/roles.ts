import type { Micros } from "../history/micros.ts";
import type { RoleRecord } from "../history/observation-records.ts";
import type { SendRecord } from "../history/operations.ts";

/** A time in which one node of a group acknowledged, up to the first acknowledgement by another one. */
interface Reign {
  readonly node: string;
  /** Sent and answered times of the acknowledgement that began it. */
  readonly sent: Micros;
  readonly done: Micros;
  readonly sequence: number;
}

export interface RoleViolation {
  readonly group: string;
  readonly kind: "two-leaders-in-a-term" | "acknowledged-after-successor";
  readonly nodes: readonly string[];
  readonly at: Micros;
  readonly detail: string;
}

export interface RoleFindings {
  readonly violations: readonly RoleViolation[];
  /** Groups in which the acknowledging broker changed, and how often. */
  readonly changes: Readonly<Record<string, number>>;
}

const maxReigns = 10_000;

class GroupRoles {
  readonly reigns: Reign[] = [];
  /** node -> term -> when it was first seen as leader or master with that term. */
  readonly leads = new Map<string, Map<number, Micros>>();
  /** node -> done of its last acknowledgement. */
  readonly lastAcknowledged = new Map<string, Micros>();
  isCut = false;
}

/**
 * One broker of a group acknowledges at a time. Two leaders may believe in themselves for a moment (the old one is
 * paused or cut off); that is harmless until the old one acknowledges a send which began after its successor had
 * already acknowledged one. Terms decide whether it was elected again in between.
 */
export class RoleChecker {
  readonly #groups = new Map<string, GroupRoles>();

  addSend(record: SendRecord): void {
    if (record.outcome !== "acknowledged" || record.broker === undefined) return;
    const group = this.#group(record.group);
    const current = group.reigns.at(-1);
    if (current?.node === record.broker) return;
    // In flight together with the successor's first: nobody can say which was first.
    if (current !== undefined && record.sent < current.done) return;
    if (group.reigns.length >= maxReigns) {
      group.isCut = true;
      return;
    }
    const { broker: node, sent, done, sequence } = record;
    group.reigns.push({ node, sent, done, sequence });
  }

  addRole(record: RoleRecord): void {
    if (record.role !== "leader" && record.role !== "master") return;
    const group = this.#group(record.group);
    if (record.term === undefined) return;
    let terms = group.leads.get(record.node);
    if (terms === undefined) {
      terms = new Map();
      group.leads.set(record.node, terms);
    }
    if (!terms.has(record.term)) terms.set(record.term, record.at);
  }

  finish(): RoleFindings {
    const violations: RoleViolation[] = [];
    const changes: Record<string, number> = {};
    for (const [name, group] of this.#groups) {
      if (group.reigns.length > 0) changes[name] = group.reigns.length - 1;
      violations.push(...sameTerm(name, group), ...staleAcknowledgements(name, group));
    }
    return { violations, changes };
  }

  #group(name: string): GroupRoles {
    let group = this.#groups.get(name);
    if (group === undefined) {
      group = new GroupRoles();
      this.#groups.set(name, group);
    }
    return group;
  }
}

function sameTerm(group: string, roles: GroupRoles): RoleViolation[] {
  const leaders = new Map<number, { node: string; at: Micros }>();
  const violations: RoleViolation[] = [];
  for (const [node, terms] of roles.leads) {
    for (const [term, at] of terms) {
      const other = leaders.get(term);
      if (other === undefined) leaders.set(term, { node, at });
      else {
        violations.push({
          group,
          kind: "two-leaders-in-a-term",
          nodes: [other.node, node],
          at: Math.max(at, other.at),
          detail: `${other.node} and ${node} were both seen as leader in term ${term}`,
        });
      }
    }
  }
  return violations;
}

/** Gives each reign the smallest term of its node above the reign before it; where there is none, nobody elected it. */
function staleAcknowledgements(group: string, roles: GroupRoles): RoleViolation[] {
  const violations: RoleViolation[] = [];
  let term = Number.NEGATIVE_INFINITY;
  for (const [index, reign] of roles.reigns.entries()) {
    const terms = [...(roles.leads.get(reign.node)?.keys() ?? [])].sort((a, b) => a - b);
    const next = terms.find((candidate) => candidate > term);
    const before = roles.reigns[index - 1];
    if (next !== undefined) term = next;
    else if (before !== undefined) {
      violations.push({
        group,
        kind: "acknowledged-after-successor",
        nodes: [before.node, reign.node],
        at: reign.done,
        detail: `${reign.node} acknowledged message ${reign.sequence}, sent after ${before.node} had taken over, and was never seen elected in a newer term`,
      });
    }
  }
  return violations.slice(0, 20);
}
