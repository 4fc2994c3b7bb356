/** Replication modes of RocketMQ, as this project names them. */
export const modes = [
  "single-master",
  "multi-master",
  "master-slave-async",
  "master-slave-sync",
  "dledger",
  "controller",
] as const;

export type Mode = (typeof modes)[number];

export interface ModeFacts {
  /** Broker groups when the spec names none. */
  readonly groups: number;
  /** Brokers per group when the spec names none. */
  readonly replicas: number;
  /** What the mode promises, in one sentence. */
  readonly promise: string;
  /** What it costs, in one sentence. */
  readonly cost: string;
}

const facts: Readonly<Record<Mode, ModeFacts>> = {
  "single-master": {
    groups: 1,
    replicas: 1,
    promise: "One broker: the whole of RocketMQ in the least memory.",
    cost: "While the broker is down nothing works; if its disk is lost, so are its messages.",
  },
  "multi-master": {
    groups: 2,
    replicas: 1,
    promise: "Several masters without slaves: when one is down, producers go on with the others.",
    cost: "Messages of a dead master cannot be consumed until it is back, and are lost with its disk.",
  },
  "master-slave-async": {
    groups: 2,
    replicas: 2,
    promise:
      "Each master has a slave that follows it: consumers go on reading from the slave of a dead master.",
    cost: "The last acknowledged messages may be on the dead master only; the slave is never promoted.",
  },
  "master-slave-sync": {
    groups: 2,
    replicas: 2,
    promise: "An acknowledged message is on two brokers.",
    cost: "A send waits for the slave; without the slave sends are refused or, if the spec says so, degrade to one copy; the slave is never promoted.",
  },
  dledger: {
    groups: 1,
    replicas: 3,
    promise:
      "Raft: an acknowledged message is on a majority of its group, and a dead leader is replaced by election.",
    cost: "Three brokers or more per group; a group without a majority refuses to write.",
  },
  controller: {
    groups: 1,
    replicas: 3,
    promise:
      "Controllers promote an in-sync slave when the master dies; an acknowledged message is on every in-sync broker, at least two.",
    cost: "Three controllers beside the brokers; while a slave hangs, sends wait until it has left the in-sync set.",
  },
};

export function modeFacts(mode: Mode): ModeFacts {
  return facts[mode];
}

/** What the mode promises and what it costs, in two sentences. */
export function modePromise(mode: Mode): string {
  return `${facts[mode].promise} ${facts[mode].cost}`;
}
