/** One broker of a group, as far as it and its container can be asked. */
export interface WriterFacts {
  readonly node: string;
  /** Its part in the group, by its own word; undefined while it has none or does not answer. */
  readonly role: "leader" | "follower" | "master" | "slave" | undefined;
  /** Why it cannot be asked, such as `is exited (137)`; undefined while it answers. */
  readonly gone: string | undefined;
  /** When its process ended, in milliseconds since 1970, if it did. */
  readonly endedAt?: number | undefined;
  /** In Hotfire's words; undefined while it takes writes, and for a broker that does not say. */
  readonly whyNoWrites?: string | undefined;
  /** When it ceased to take writes, in milliseconds since 1970. */
  readonly writesCeasedAt?: number | undefined;
}

export interface GroupFacts {
  readonly group: string;
  /** Who says which broker writes: the brokers among themselves, the controllers, or the configuration. */
  readonly electedBy: "brokers" | "controllers" | "configuration";
  /** Brokers that the group is meant to have, which is what a majority is of. */
  readonly size: number;
  readonly brokers: readonly WriterFacts[];
  /** Of `controllers` only. */
  readonly controllers?: {
    readonly total: number;
    readonly answering: number;
    readonly haveLeader: boolean;
    /** Nodes of the in-sync set, which alone may become master; empty where it is not known. */
    readonly inSync: readonly string[];
  };
  /** When a writer was last seen, in milliseconds since 1970, by an observer that remembers. */
  readonly lastWriterAt?: number | undefined;
}

export type NoWriterReason =
  | "electing"
  | "no-majority"
  | "controllers-gone"
  | "no-replica"
  | "disk-full"
  | "read-only"
  | "too-few-replicas"
  | "out-of-memory"
  | "down"
  | "unknown";

export interface NoWriter {
  readonly group: string;
  readonly why: NoWriterReason;
  /** In milliseconds since 1970; undefined where it cannot be told. */
  readonly since: number | undefined;
  /** What was seen that says so, such as `no majority: 1 of 3 brokers answer, 2 are needed`. */
  readonly detail: string;
  /** The judgement in a line, such as `broker-a takes no writes for 12 s: no majority: …`. */
  readonly text: string;
}

/**
 * Whether a group has a broker that takes writes, and if none, since when and why as far as the facts go: one judgement for `status`, `verify`, `up` and
 * the console. `now` is in milliseconds since 1970.
 */
export function judgeWriter(facts: GroupFacts, now: number): NoWriter | undefined {
  if (facts.brokers.some(takesWrites)) return undefined;
  const { why, text } = reasonOf(facts);
  const since = sinceOf(facts, why);
  const age = since === undefined ? "" : ` for ${Math.max(0, Math.round((now - since) / 1000))} s`;
  return {
    group: facts.group,
    why,
    since,
    detail: text,
    text: `${facts.group} takes no writes${age}: ${text}`,
  };
}

function takesWrites({ role, gone, whyNoWrites }: WriterFacts): boolean {
  return gone === undefined && hasRole(role) && whyNoWrites === undefined;
}

function hasRole(role: WriterFacts["role"]): boolean {
  return role === "leader" || role === "master";
}

interface Reason {
  readonly why: NoWriterReason;
  readonly text: string;
}

function reasonOf(facts: GroupFacts): Reason {
  const refusing = facts.brokers.flatMap((broker) => refusalOf(broker) ?? []);
  if (refusing[0] !== undefined) return refusing[0];
  if (facts.electedBy === "brokers") return amongBrokers(facts);
  if (facts.electedBy === "controllers") return byControllers(facts);
  const gone = goneOf(facts);
  return gone.length === 0
    ? { why: "unknown", text: "no broker says that it is the master" }
    : { why: "down", text: gone.join("; ") };
}

/** Of a broker that has the role, and refuses all the same. */
function refusalOf({ node, role, gone, whyNoWrites }: WriterFacts): Reason | undefined {
  if (gone !== undefined) return undefined;
  switch (whyNoWrites) {
    case "disk-full":
      return { why: "disk-full", text: `the disk of ${node} is full: make room, it goes on by itself` };
    case "read-only":
      return {
        why: "read-only",
        text: `${node} is read-only: its write permission was taken away, or its store fails`,
      };
    case "too-few-replicas":
      return {
        why: "too-few-replicas",
        text: `${node} acknowledges nothing: fewer of its slaves are in sync than it waits for (whenSlaveIsGone: refuse)`,
      };
    case "out-of-memory":
      return hasRole(role)
        ? { why: "out-of-memory", text: `${node} runs out of memory: give it more (memory.broker)` }
        : undefined;
    default:
      return undefined;
  }
}

function amongBrokers(facts: GroupFacts): Reason {
  const majority = majorityOf(facts);
  const answering = facts.brokers.filter(({ gone }) => gone === undefined);
  if (answering.length < majority) {
    const text = `no majority: ${answering.length} of ${facts.size} brokers answer, ${majority} are needed`;
    return { why: "no-majority", text: [text, ...goneOf(facts)].join("; ") };
  }
  const leading = answering.find(({ whyNoWrites }) => whyNoWrites === "catching-up");
  if (leading !== undefined) {
    return { why: "electing", text: `${leading.node} was elected, and has not committed its log yet` };
  }
  return {
    why: "electing",
    text: `electing: ${answering.length} of ${facts.size} brokers answer, none leads`,
  };
}

function majorityOf({ size }: GroupFacts): number {
  return Math.floor(size / 2) + 1;
}

function byControllers(facts: GroupFacts): Reason {
  const { controllers } = facts;
  if (controllers !== undefined && !controllers.haveLeader) {
    const text = `no controller leads: ${controllers.answering} of ${controllers.total} answer`;
    return { why: "controllers-gone", text };
  }
  const inSync = controllers?.inSync ?? [];
  const alive = facts.brokers.filter(({ gone }) => gone === undefined).map(({ node }) => node);
  if (inSync.length > 0 && inSync.every((node) => !alive.includes(node))) {
    const text = `no broker of the in-sync set answers (${inSync.join(", ")}), and no other may become master`;
    return { why: "no-replica", text: [text, ...goneOf(facts)].join("; ") };
  }
  if (alive.length === 0) return { why: "down", text: goneOf(facts).join("; ") };
  return {
    why: "electing",
    text: `electing: ${alive.length} of ${facts.size} brokers answer, none is master`,
  };
}

function goneOf({ brokers }: GroupFacts): string[] {
  return brokers.flatMap(({ node, gone }) => (gone === undefined ? [] : [`${node} ${gone}`]));
}

/** The last one that ceased says it itself, or its end does: in a group that elects, the end with which the majority was gone. */
function sinceOf(facts: GroupFacts, why: NoWriterReason): number | undefined {
  if (facts.lastWriterAt !== undefined) return facts.lastWriterAt;
  const ceased = facts.brokers.flatMap(({ writesCeasedAt }) => writesCeasedAt ?? []);
  const ended = facts.brokers.flatMap(({ endedAt }) => endedAt ?? []).sort((a, b) => a - b);
  const end = why === "no-majority" ? ended.at(facts.size - majorityOf(facts)) : ended.at(-1);
  const times = [...ceased, ...(end === undefined ? [] : [end])];
  return times.length === 0 ? undefined : Math.max(...times);
}
