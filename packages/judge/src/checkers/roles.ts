import type { Micros } from "../history/micros.ts";
import type { RoleRecord } from "../history/observation-records.ts";
import type { SendRecord } from "../history/operations.ts";
import type { FaultWindow } from "./faults.ts";

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

/** Whether another broker took over from one that a fault hit while it acknowledged. */
export interface Takeover {
  readonly fault: string;
  readonly group: string;
  /** The broker that acknowledged when the fault was ordered. */
  readonly from: string;
  /** How often the acknowledging broker changed until the next such fault. */
  readonly times: number;
}

export interface RoleFindings {
  readonly violations: readonly RoleViolation[];
  /** Why nobody can know of a group whether one broker at a time acknowledged. */
  readonly unknown: readonly string[];
  /** Groups in which acknowledging brokers are known, and how often they changed since the load ran smoothly. */
  readonly changes: Readonly<Record<string, number>>;
  readonly takeovers: readonly Takeover[];
  /** Group -> the broker that acknowledged last. */
  readonly lastWriters: Readonly<Record<string, string>>;
  /** Brokers that called themselves a replica when they were last asked. */
  readonly replicas: readonly string[];
}

export interface RoleContext {
  readonly windows: readonly FaultWindow[];
  readonly baseline: Micros;
  /** Groups whose brokers are elected: only there can another one take over. */
  readonly elects: boolean;
}

const maxReigns = 10_000;
const maxLooks = 20_000;

interface Term {
  readonly node: string;
  readonly term: number;
  /** It was not there yet at the look before, so it cannot have begun sooner. */
  readonly notBefore: Micros;
  readonly at: Micros;
}

class GroupRoles {
  readonly reigns: Reign[] = [];
  /** Who was seen to lead in which term, once each. */
  readonly leads: Term[] = [];
  /** Highest term that anything of the group was seen in, when it was first seen. */
  readonly terms: { readonly term: number; readonly notBefore: Micros }[] = [];
  isCut = false;
}

/**
 * One broker of a group acknowledges at a time. Two leaders may believe in themselves for a moment (the old one is
 * paused or cut off); that is harmless until the old one acknowledges a send which began after its successor had
 * already acknowledged one. Terms decide whether it was elected again in between.
 */
export class RoleChecker {
  readonly #groups = new Map<string, GroupRoles>();
  /** A broker's last word, by node and source. */
  readonly #words = new Map<string, { readonly node: string; readonly isReplica: boolean }>();

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

  addRole({ group: name, node, role, term, at, previousAt, source }: RoleRecord): void {
    const group = this.#group(name);
    if ((source === "self" || source === "broker") && this.#words.size < maxLooks)
      this.#words.set(`${node} ${source}`, { node, isReplica: role === "follower" || role === "slave" });
    if (term === undefined) return;
    const notBefore = previousAt ?? 0;
    if (group.leads.length + group.terms.length >= maxLooks) {
      group.isCut = true;
      return;
    }
    if (!group.terms.some((known) => known.term === term && known.notBefore <= notBefore))
      group.terms.push({ term, notBefore });
    if (role !== "leader" && role !== "master") return;
    const known = group.leads.find((one) => one.node === node && one.term === term);
    if (known === undefined) group.leads.push({ node, term, notBefore, at });
  }

  finish(context: RoleContext): RoleFindings {
    const violations: RoleViolation[] = [];
    const unknown: string[] = [];
    const changes: Record<string, number> = {};
    const takeovers: Takeover[] = [];
    for (const [name, group] of this.#groups) {
      if (group.reigns.length > 0) {
        changes[name] = group.reigns.slice(1).filter(({ done }) => done >= context.baseline).length;
        takeovers.push(...takeoversOf(name, group, context.windows));
      }
      const stale = staleAcknowledgements(name, group, context.elects);
      violations.push(...sameTerm(name, group), ...stale.violations);
      if (stale.unknown !== undefined) unknown.push(stale.unknown);
      if (group.isCut) unknown.push(`${name} changed its writer more often than can be kept`);
    }
    const lastWriters = Object.fromEntries(
      [...this.#groups].flatMap(([name, { reigns }]) => {
        const last = reigns.at(-1);
        return last === undefined ? [] : [[name, last.node]];
      }),
    );
    const replicas = [...this.#words.values()].flatMap(({ node, isReplica }) => (isReplica ? [node] : []));
    return { violations, unknown, changes, takeovers, lastWriters, replicas };
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

/** For each fault that hit the broker which acknowledged at that moment. */
function takeoversOf(group: string, { reigns }: GroupRoles, windows: readonly FaultWindow[]): Takeover[] {
  const hits = windows.flatMap(({ fault, begin }) => {
    const writer = reigns.findLast(({ done }) => done <= begin)?.node;
    return writer !== undefined && fault.groups.includes(group) && fault.nodes.includes(writer)
      ? [{ fault: fault.id, from: writer, begin }]
      : [];
  });
  return hits.map(({ fault, from, begin }, index) => {
    const until = hits[index + 1]?.begin ?? Number.POSITIVE_INFINITY;
    const times = reigns.filter(({ done }) => done > begin && done <= until).length;
    return { fault, group, from, times };
  });
}

function sameTerm(group: string, roles: GroupRoles): RoleViolation[] {
  const leaders = new Map<number, Term>();
  const violations: RoleViolation[] = [];
  for (const lead of roles.leads) {
    const other = leaders.get(lead.term);
    if (other === undefined) leaders.set(lead.term, lead);
    else if (other.node !== lead.node) {
      violations.push({
        group,
        kind: "two-leaders-in-a-term",
        nodes: [other.node, lead.node],
        at: Math.max(lead.at, other.at),
        detail: `${other.node} and ${lead.node} were both seen as leader in term ${lead.term}`,
      });
    }
  }
  return violations.slice(0, 20);
}

/**
 * Gives each reign the smallest term of its node above the reign before it that can have begun by then. Where there is none,
 * nobody elected it, as far as the observer saw: that is proven when it had led before and no newer term was seen by then;
 * else an election may have been missed.
 */
function staleAcknowledgements(
  group: string,
  { reigns, leads, terms }: GroupRoles,
  elects: boolean,
): { violations: RoleViolation[]; unknown?: string } {
  const violations: RoleViolation[] = [];
  let unknown: string | undefined;
  let term = Number.NEGATIVE_INFINITY;
  let isTermKnown = true;
  for (const [index, reign] of reigns.entries()) {
    const before = reigns[index - 1];
    const next = leads
      .filter((lead) => lead.node === reign.node && lead.term > term && lead.notBefore <= reign.done)
      .reduce<Term | undefined>(
        (least, lead) => (least === undefined || lead.term < least.term ? lead : least),
        undefined,
      );
    if (next !== undefined) {
      term = next.term;
      isTermKnown = true;
      continue;
    }
    if (before === undefined) {
      isTermKnown = false;
      continue;
    }
    const isDeposed = reigns.slice(0, index).some(({ node }) => node === reign.node);
    const wasElectionSeen = terms.some((one) => one.term > term && one.notBefore <= reign.done);
    const isProven = !elects || (isDeposed && isTermKnown && !wasElectionSeen);
    if (!isProven) {
      unknown ??= `it was not seen how ${reign.node} came to acknowledge for ${group} after ${before.node}`;
      isTermKnown = false;
      continue;
    }
    violations.push({
      group,
      kind: "acknowledged-after-successor",
      nodes: [before.node, reign.node],
      at: reign.done,
      detail: `${reign.node} acknowledged message ${reign.sequence}, sent after ${before.node} had taken over, and was never seen elected in a newer term`,
    });
  }
  if (elects && reigns.length > 0 && leads.length === 0)
    unknown ??= `it was not seen which broker led ${group}`;
  return { violations: violations.slice(0, 20), ...(unknown === undefined ? {} : { unknown }) };
}
