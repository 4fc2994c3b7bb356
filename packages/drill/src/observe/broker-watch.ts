import type { Member } from "@hotfire/engine";
import { brokerConfig, dledgerMetadata, dledgerTerm, haStatus, RemotingError } from "@hotfire/remoting";
import type { BrokerPlan } from "@hotfire/topology";
import type { Micros } from "../history/micros.ts";
import type { ObservedRole } from "../history/observation-records.ts";
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
  #life: Life;
  /** Counts the container's events: what was asked before one is stale after it. */
  #era = 0;
  #term: number | undefined;
  #brokerRole: ObservedRole | undefined;
  /** Looks without an answer in a row. */
  #misses = 0;
  #configAt = Number.NEGATIVE_INFINITY;

  constructor(context: WatchContext, member: Member<BrokerPlan>) {
    this.#context = context;
    this.#plan = member.plan;
    this.#name = member.plan.name;
    this.#isRaft = member.plan.role === "leader-or-follower";
    const state = member.container?.state;
    this.#life = state === "running" ? "starting" : "down";
  }

  /** A container event: its process ended or stands still, or it began or goes on. */
  changeLife(life: Life): void {
    this.#era += 1;
    this.#life = life;
    if (life === "running") return;
    const now = this.#context.clock.now();
    this.#tellAll(life === "down" ? "unreachable" : "starting", now, now);
  }

  async look(): Promise<void> {
    const { clock } = this.#context;
    const askedAt = clock.now();
    if (this.#life === "down") {
      this.#tellAll("unreachable", askedAt, askedAt);
      return;
    }
    const era = this.#era;
    const { answers, isSilent } = await this.#ask().then(
      (answers) => ({ answers, isSilent: false }),
      (error: unknown) => ({ answers: undefined, isSilent: isTimeout(error) }),
    );
    if (era !== this.#era) return;
    this.#misses = answers === undefined ? this.#misses + 1 : 0;
    if (answers === undefined) {
      // A busy machine makes a broker miss a look; the engine tells of one that stands still.
      if (isSilent && this.#misses < 2) return;
      this.#tellAll(this.#life === "starting" ? "starting" : "unreachable", askedAt, clock.now());
      return;
    }
    if (answers.length > 0) this.#life = "running";
    for (const answer of answers) this.#tell(answer, askedAt, clock.now());
  }

  async #ask(): Promise<Answer[]> {
    const member = this.#context.map.brokers.find(({ plan }) => plan.name === this.#name);
    const address = member === undefined ? undefined : this.#context.map.dial(member);
    if (member === undefined || address === undefined) throw new Error(`${this.#name} has no address`);
    return this.#isRaft ? this.#askRaft(member, address) : [await this.#askReplication(address)];
  }

  async #askReplication(address: string): Promise<Answer> {
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

  async #askRaft(member: Member<BrokerPlan>, address: string): Promise<Answer[]> {
    const self = await this.#askPeer(member);
    if (self === undefined) return [];
    const leads = this.#brokerRole === "master";
    const isSettled =
      this.#brokerRole !== undefined && (self.role === "leader") === leads && self.role !== "candidate";
    const isDue = performance.now() - this.#configAt >= configEveryMs;
    if (isSettled && !isDue && !this.#context.eagerness.isRaised) return [self];
    // Told at once: the configuration is asked later, and by then there may be no answer any more.
    this.#tell(self, this.#context.clock.now(), this.#context.clock.now());
    const role = await this.#askConfig(address);
    return role === undefined ? [self] : [self, { source: "broker", role }];
  }

  /** Leader and term are two questions: they belong together when the term is the same before and after. */
  async #askPeer(member: Member<BrokerPlan>): Promise<Answer | undefined> {
    const { remoting, deadlineMs, map } = this.#context;
    const address = map.dial(member, "dledger");
    if (address === undefined) throw new Error(`${this.#name} has no address`);
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

  async #askConfig(address: string): Promise<ObservedRole | undefined> {
    const { remoting, deadlineMs } = this.#context;
    const { properties } = await brokerConfig(remoting, address, { deadlineMs });
    this.#configAt = performance.now();
    // Before its first election a DLedger broker calls itself a slave with brokerId -1.
    const isElected = Number(properties.get("brokerId") ?? -1) >= 0;
    this.#brokerRole = !isElected ? undefined : properties.get("brokerRole") === "SLAVE" ? "slave" : "master";
    return this.#brokerRole;
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
