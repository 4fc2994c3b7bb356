import type { Member } from "@hotfire/engine";
import type { Micros, ObservedRole } from "@hotfire/judge/history";
import { brokerConfig, dledgerMetadata, dledgerTerm, haStatus, RemotingError } from "@hotfire/remoting";
import type { BrokerPlan } from "@hotfire/topology";
import type { WatchContext } from "./watch-context.ts";

/** The whole configuration is the only thing that tells a DLedger broker's role, and too much to ask for at each look. */
const configEveryMs = 1000;

type Life = "running" | "starting" | "down";

interface Answer {
  readonly source: "self" | "broker";
  readonly role: ObservedRole;
  readonly term?: number;
}

/** One broker's roles: of its replication layer (`self`, DLedger only) and of the broker on top (`broker`). */
export class BrokerWatch {
  readonly #context: WatchContext;
  readonly #name: string;
  readonly #plan: BrokerPlan;
  readonly #isRaft: boolean;
  /** What the primary source said last. */
  role: ObservedRole = "starting";
  #isDown: boolean;
  /** Sources that have answered since the process began: until then silence is starting. */
  readonly #hasAnswered = { self: false, broker: false };
  /** Counts the container's events: what was asked before one is stale after it. */
  #era = 0;
  #term: number | undefined;
  #brokerRole: ObservedRole | undefined;
  /** Looks without an answer in a row, by source. */
  readonly #misses = { self: 0, broker: 0 };
  #configAt = Number.NEGATIVE_INFINITY;

  constructor(context: WatchContext, member: Member<BrokerPlan>) {
    this.#context = context;
    this.#plan = member.plan;
    this.#name = member.plan.name;
    this.#isRaft = member.plan.role === "leader-or-follower";
    this.#isDown = member.container?.state !== "running";
  }

  /** A container event: its process ended or stands still, or it began or goes on. */
  changeLife(life: Life): void {
    this.#era += 1;
    this.#isDown = life === "down";
    if (life === "running") return;
    if (life === "starting") {
      this.#hasAnswered.self = false;
      this.#hasAnswered.broker = false;
    }
    const now = this.#context.clock.now();
    this.#tellAll(life === "down" ? "unreachable" : "starting", now, now);
  }

  async look(): Promise<void> {
    if (this.#isDown) {
      const now = this.#context.clock.now();
      this.#tellAll("unreachable", now, now);
      return;
    }
    if (this.#isRaft) {
      const self = await this.#attempt("self", () => this.#askPeer());
      if (!this.#wantsConfig(self?.role)) return;
    }
    await this.#attempt("broker", () => (this.#isRaft ? this.#askConfig() : this.#askReplication()));
  }

  /** Asks one source and tells what it said, or that it does not answer. */
  async #attempt(
    source: Answer["source"],
    ask: () => Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    const { clock } = this.#context;
    const askedAt = clock.now();
    const era = this.#era;
    let answer: Answer | undefined;
    try {
      answer = await ask();
      this.#misses[source] = 0;
    } catch (error) {
      this.#misses[source] += 1;
      // A busy machine makes a broker miss a look; the engine tells of one that stands still.
      if (isTimeout(error) && this.#misses[source] < 2) return undefined;
      if (source === "self") this.#term = undefined;
      else this.#brokerRole = undefined;
      answer = { source, role: this.#hasAnswered[source] ? "unreachable" : "starting" };
    }
    if (answer === undefined || era !== this.#era) return undefined;
    if (this.#misses[source] === 0) this.#hasAnswered[source] = true;
    this.#tell(answer, askedAt, clock.now());
    return answer;
  }

  #wantsConfig(self: ObservedRole | undefined): boolean {
    if (this.#context.eagerness.isRaised || performance.now() - this.#configAt >= configEveryMs) return true;
    const isSettled = self === "leader" ? this.#brokerRole === "master" : this.#brokerRole === "slave";
    return !isSettled || self === "candidate";
  }

  /** Where it is now: a restarted container may have moved. */
  #address(purpose?: "dledger"): string {
    const { map } = this.#context;
    const member = map.brokers.find(({ plan }) => plan.name === this.#name);
    const address = member === undefined ? undefined : map.dial(member, purpose);
    if (address === undefined) throw new Error(`${this.#name} has no address`);
    return address;
  }

  async #askReplication(): Promise<Answer> {
    const address = this.#address();
    const { remoting, deadlineMs, map } = this.#context;
    const askedAt = this.#context.clock.now();
    const status = await haStatus(remoting, address, { deadlineMs });
    if (status.master && this.#plan.role !== "master-or-slave") {
      const slaves = status.haConnectionInfo.filter(({ inSync }) => inSync);
      const members = [
        this.#name,
        ...slaves.flatMap(({ addr }) => map.nodeOf(addr.replace(/^\//, "")) ?? []),
      ];
      this.#context.look(
        {
          type: "sync-set",
          group: this.#plan.group,
          members: [...new Set(members)].sort(),
          source: this.#name,
        },
        askedAt,
      );
    }
    return { source: "broker", role: status.master ? "master" : "slave" };
  }

  /** Leader and term are two questions: they belong together when the term is the same before and after. */
  async #askPeer(): Promise<Answer | undefined> {
    const { remoting, deadlineMs } = this.#context;
    const address = this.#address("dledger");
    const selfId = `n${this.#plan.index}`;
    const peer = { group: this.#plan.group, selfId };
    const otherId = this.#plan.index === 0 ? "n1" : "n0";
    const askTerm = () => dledgerTerm(remoting, address, { ...peer, otherId }, { deadlineMs });
    let before = this.#term ?? (await askTerm());
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { leaderId } = await dledgerMetadata(remoting, address, peer, { deadlineMs });
      const after = await askTerm();
      this.#term = after;
      if (after === before) {
        const role = leaderId === undefined ? "candidate" : leaderId === selfId ? "leader" : "follower";
        return { source: "self", role, term: after };
      }
      before = after;
    }
    return undefined;
  }

  async #askConfig(): Promise<Answer | undefined> {
    const { remoting, deadlineMs } = this.#context;
    const { properties } = await brokerConfig(remoting, this.#address(), { deadlineMs });
    this.#configAt = performance.now();
    // Before its first election a DLedger broker calls itself a slave with brokerId -1.
    const isElected = Number(properties.get("brokerId") ?? -1) >= 0;
    this.#brokerRole = !isElected ? undefined : properties.get("brokerRole") === "SLAVE" ? "slave" : "master";
    return this.#brokerRole === undefined ? undefined : { source: "broker", role: this.#brokerRole };
  }

  #tellAll(role: "unreachable" | "starting", askedAt: Micros, now: Micros): void {
    this.#term = undefined;
    this.#brokerRole = undefined;
    if (this.#isRaft) this.#tell({ source: "self", role }, askedAt, now);
    this.#tell({ source: "broker", role }, askedAt, now);
  }

  #tell({ source, role, term }: Answer, askedAt: Micros, now: Micros): void {
    if (source === "self" || !this.#isRaft) this.role = role;
    if (role === "candidate") this.#context.eagerness.raise();
    const { name: node, group } = this.#plan;
    const told = {
      type: "role",
      group,
      node,
      role,
      ...(term === undefined ? {} : { term }),
      source,
    } as const;
    this.#context.look(told, askedAt, now);
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof RemotingError && error.code === "DEADLINE_PASSED";
}
