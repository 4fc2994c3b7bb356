import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@hotfire/base";
import {
  type ActiveFault,
  type DockerClient,
  type FaultAction,
  type FaultProof,
  findCluster,
  isEngineError,
  type PreparedFault,
  prepareFault,
  resolveTargets,
} from "@hotfire/engine";
import type { Micros, Proof, StoredRecord } from "@hotfire/judge/history";
import type { ResolvedToken } from "../catalogue/targets.ts";
import { DrillError } from "../errors/drill-error.ts";
import type { DrillListener } from "./drill-event.ts";

/** An election is over sooner, also with RocketMQ's own timers. */
const nobodyMs = 15_000;
/** A broker that was just healed, or lost its master again, is in sync sooner. */
const unfitMs = 30_000;
const lookAgainMs = 200;

export interface BoardOptions {
  readonly docker: DockerClient;
  readonly cluster: string;
  readonly now: () => Micros;
  readonly record: (record: StoredRecord) => void;
  readonly onEvent: DrillListener;
  /** For network faults: how long they may outlive this process. */
  readonly leaseMs: number;
  /** Broker groups that the load reaches through proxies alone: what hits a proxy hits them. */
  readonly behindProxies: readonly string[];
  readonly signal: AbortSignal;
}

export interface PlannedFault {
  readonly id: string;
  readonly fault: FaultAction;
  readonly targets: readonly ResolvedToken[];
  /** Of a switchover: the earlier fault whose node takes over. */
  readonly to?: string;
}

/** Injects and heals the faults of one run, and writes what it did with its proof. */
export class FaultBoard {
  readonly #options: BoardOptions;
  readonly #prepared = new Map<string, PreparedFault>();
  readonly #active = new Map<string, ActiveFault>();
  /** Nodes by the fault that hit them, also when it is healed. */
  readonly #hits = new Map<string, readonly string[]>();

  constructor(options: BoardOptions) {
    this.#options = options;
  }

  /**
   * Does what takes time before the fault. Only for targets that need no choice among several nodes; the others are
   * prepared when they are injected.
   */
  async prepare(planned: PlannedFault): Promise<void> {
    if (planned.to !== undefined || !planned.targets.every(isExact)) return;
    this.#prepared.set(planned.id, await this.#prepare(planned, textOf(planned)));
  }

  async inject(planned: PlannedFault): Promise<void> {
    const { record, onEvent, now } = this.#options;
    const { id, fault } = planned;
    const target = textOf(planned);
    const facts = { id, kind: fault.kind, target };
    const { kind, ...asked } = fault;
    record({ type: "fault-planned", at: now(), fault: id, kind, target, asked });
    onEvent({ type: "fault", at: now(), state: "planned", ...facts, nodes: [], seen: "" });
    try {
      const { begin, active } = await this.#hit(planned);
      const end = now();
      this.#active.set(id, active);
      this.#hits.set(id, active.nodes);
      const { nodes, proof } = active;
      const isProxy = planned.targets.some((one) => one.target.startsWith("proxy"));
      const groups = isProxy ? this.#options.behindProxies : active.groups;
      record({
        type: "fault-injected",
        fault: id,
        kind: fault.kind,
        target,
        nodes: [...nodes],
        groups: [...groups],
        begin,
        end,
        proof: recorded(proof, now),
      });
      onEvent({ type: "fault", at: end, state: "injected", ...facts, nodes, seen: proof.seen });
    } catch (error) {
      this.#failed("inject", facts, error);
      throw error;
    }
  }

  async heal(id: string): Promise<void> {
    const { record, onEvent, now } = this.#options;
    const active = this.#active.get(id);
    if (active === undefined) return;
    const facts = { id, kind: active.kind, target: active.target };
    const begin = now();
    try {
      const proof = await active.heal();
      this.#active.delete(id);
      const end = now();
      record({ type: "fault-healed", fault: id, begin, end, proof: recorded(proof, now) });
      onEvent({ type: "fault", at: end, state: "healed", ...facts, nodes: active.nodes, seen: proof.seen });
    } catch (error) {
      this.#failed("heal", facts, error);
      throw error;
    }
  }

  /** Heals what is in force, newest first; goes on after a failure and throws the first one at the end. */
  async healAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const id of [...this.#active.keys()].reverse()) {
      await this.heal(id).catch((error: unknown) => failures.push(error));
      this.#active.delete(id);
    }
    for (const prepared of this.#prepared.values()) {
      await prepared.discard().catch((error: unknown) => failures.push(error));
    }
    this.#prepared.clear();
    if (failures.length > 0) throw failures[0];
  }

  #prepare(planned: PlannedFault, target: string): Promise<PreparedFault> {
    const { docker, cluster, leaseMs, signal } = this.#options;
    return prepareFault(
      { docker, cluster, signal },
      { id: planned.id, action: this.#actionOf(planned), target, leaseMs },
    );
  }

  #actionOf({ id, fault, to }: PlannedFault): FaultAction {
    if (to === undefined || fault.kind !== "switchover") return fault;
    const [node] = this.#hits.get(to) ?? [];
    if (node !== undefined) return { ...fault, to: node };
    throw new DrillError("DRILL_NOT_APPLICABLE", `${id} has no successor: the fault ${to} has hit nothing.`);
  }

  /**
   * A role that nobody has at this instant is somebody's when the election is over: it is waited for, and so is a successor
   * that was asked for by its past.
   */
  async #hit(planned: PlannedFault): Promise<{ begin: Micros; active: ActiveFault }> {
    const { now, signal } = this.#options;
    const startedAt = performance.now();
    for (;;) {
      try {
        const ready = this.#prepared.get(planned.id);
        this.#prepared.delete(planned.id);
        const prepared = ready ?? (await this.#prepare(planned, await this.#choose(planned)));
        const begin = now();
        return { begin, active: await prepared.inject() };
      } catch (error) {
        if (performance.now() > startedAt + patienceMs(planned, error)) throw error;
        await sleep(lookAgainMs, undefined, { signal });
      }
    }
  }

  async #choose({ targets }: PlannedFault): Promise<string> {
    return (await Promise.all(targets.map((one) => this.#chooseOne(one)))).join(separator);
  }

  async #chooseOne(one: ResolvedToken): Promise<string> {
    if (isExact(one)) return one.target;
    const { docker, cluster } = this.#options;
    const found = await findCluster(docker, cluster);
    const nodes = found === undefined ? [] : await resolveTargets(docker, found, one.target);
    return nodes[0] ?? one.target;
  }

  #failed(
    step: "inject" | "heal",
    facts: { id: string; kind: string; target: string },
    error: unknown,
  ): void {
    const { record, onEvent, now } = this.#options;
    const message = messageOf(error);
    record({ type: "fault-error", fault: facts.id, at: now(), step, message });
    onEvent({ type: "fault", at: now(), state: "error", ...facts, nodes: [], seen: message });
  }
}

/** A proof on the run's clock. */
function recorded({ how, seen, evidence }: FaultProof, now: () => Micros): Proof {
  const since = (seenAtMs: number) => Math.round((performance.now() - seenAtMs) * 1000);
  return {
    how,
    seen,
    evidence: evidence.map(({ seenAtMs, ...found }) => ({
      ...found,
      at: Math.max(0, now() - since(seenAtMs)),
    })),
  };
}

/** How long an injection that fails like this is tried again. */
function patienceMs({ to }: PlannedFault, error: unknown): number {
  if (isEngineError(error, "FAULT_NO_TARGET") || isEngineError(error, "TARGET_NOT_FOUND")) return nobodyMs;
  return to !== undefined && isEngineError(error, "SWITCHOVER_FAILED") ? unfitMs : 0;
}

/** Between the targets of one fault, as the engine reads them. */
const separator = ", ";

function textOf({ targets }: PlannedFault): string {
  return targets.map(({ target }) => target).join(separator);
}

/** All that fit, a node, or a role that one node has: nothing to choose. */
function isExact({ single, target }: ResolvedToken): boolean {
  return !single || !/:(follower|slave|all)$/.test(target);
}
