import { setTimeout as sleep } from "node:timers/promises";
import { type DockerClient, EngineError, waitUntilWhole } from "@hotfire/engine";
import type { ClusterPlan } from "@hotfire/topology";
import type { Step } from "../catalogue/drill-definition.ts";
import { groupAt, resolveToken } from "../catalogue/targets.ts";
import type { Micros } from "../history/micros.ts";
import type { StoredRecord } from "../history/record.ts";
import { planChaos } from "./chaos-plan.ts";
import type { PhaseName } from "./drill-event.ts";
import type { FaultBoard, PlannedFault } from "./fault-board.ts";
import type { Load } from "./load.ts";
import { rollingOrder } from "./rolling-order.ts";

export interface StepContext {
  readonly docker: DockerClient;
  readonly plan: ClusterPlan;
  readonly seed: number;
  readonly board: FaultBoard;
  readonly load: Load;
  readonly now: () => Micros;
  readonly record: (record: StoredRecord) => void;
  /** Node name -> role, as last seen. */
  readonly roles: () => ReadonlyMap<string, string>;
  readonly enter: (phase: PhaseName, expectedMs: number) => void;
  readonly note: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Waits until the cluster is as before, and writes what of it is not. */
export async function lookForWhole(
  { docker, plan, signal, record, now }: Pick<StepContext, "docker" | "plan" | "signal" | "record" | "now">,
  atMostMs: number,
): Promise<readonly string[]> {
  const missing = await waitUntilWhole(docker, plan.name, { atMostMs, signal });
  record({ type: "whole", at: now(), missing: [...missing] });
  return missing;
}

/** How long sends have to succeed for an outage to be over. */
const steadyMs = 2000;
const windowMs = 250;
const wholeMs = 90_000;

export function plannedFault(step: Extract<Step, { do: "inject" }>, plan: ClusterPlan): PlannedFault {
  return { id: step.as, fault: step.fault, ...resolveToken(step.on, plan) };
}

export async function runSteps(steps: readonly Step[], context: StepContext): Promise<void> {
  for (const [index, step] of steps.entries()) {
    context.signal.throwIfAborted();
    await runStep(step, context, estimateSteps(steps.slice(index), context.plan.mode));
  }
}

async function runStep(step: Step, context: StepContext, restMs: number): Promise<void> {
  const { board, signal } = context;
  switch (step.do) {
    case "inject":
      context.enter("fault", restMs);
      return board.inject(plannedFault(step, context.plan));
    case "heal":
      context.enter("recovery", restMs);
      return board.heal(step.fault);
    case "hold":
      return pause(step.forMs, signal);
    case "until-writable":
      if (promotes(context.plan.mode)) {
        return untilWritable(groupAt(step.group, context.plan).name, step.atMostMs, context);
      }
      return pause(step.holdMs, signal);
    case "until-ready":
      return untilWhole(step.atMostMs, context);
    case "roll":
      return roll(step.as, context);
    case "bursts":
      return bursts(step, context);
    case "chaos":
      return chaos(step, context);
  }
}

export function promotes(mode: ClusterPlan["mode"]): boolean {
  return mode === "dledger" || mode === "controller";
}

/** How long steps should take; an estimate for people. */
export function estimateSteps(steps: readonly Step[], mode: ClusterPlan["mode"]): number {
  return steps.reduce((sum, step) => sum + estimate(step, mode), 0);
}

function estimate(step: Step, mode: ClusterPlan["mode"]): number {
  switch (step.do) {
    case "inject":
    case "heal":
      return 500;
    case "hold":
    case "chaos":
      return step.forMs;
    case "until-writable":
      return promotes(mode) ? 12_000 : step.holdMs;
    case "until-ready":
      return Math.min(step.atMostMs, 10_000);
    case "roll":
      return 45_000;
    case "bursts":
      return step.rounds * step.forMs * 2;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal });
}

async function untilWritable(group: string, atMostMs: number, context: StepContext): Promise<void> {
  const until = performance.now() + atMostMs;
  const acknowledged = () => context.load.totals().get(group)?.acknowledged ?? 0;
  let steady = 0;
  let before = acknowledged();
  while (performance.now() < until) {
    await pause(windowMs, context.signal);
    const now = acknowledged();
    steady = now > before ? steady + windowMs : 0;
    before = now;
    if (steady >= steadyMs) return;
  }
  context.note(`writes to ${group} did not come back within ${Math.round(atMostMs / 1000)} s`);
}

async function untilWhole(atMostMs: number, context: StepContext): Promise<void> {
  const { plan } = context;
  const missing = await lookForWhole(context, atMostMs);
  if (missing.length === 0) return;
  throw new EngineError(
    "DEADLINE_PASSED",
    `"${plan.name}" was not whole again within ${Math.round(atMostMs / 1000)} s.`,
    {
      evidence: { seen: missing },
      hint: `See hotfire status ${plan.name}.`,
    },
  );
}

async function roll(id: string, context: StepContext): Promise<void> {
  const { board, plan } = context;
  const left = new Set(plan.groups.flatMap(({ brokers }) => brokers.map(({ name }) => name)));
  for (let count = 1; left.size > 0; count += 1) {
    const node = rollingOrder([...left], context.roles());
    left.delete(node);
    const fault = `${id}-${count}`;
    context.enter("fault", left.size * 12_000);
    await board.inject({ id: fault, fault: { kind: "stop", handOver: true }, target: node, single: true });
    context.enter("recovery", left.size * 12_000);
    await board.heal(fault);
    await untilWhole(wholeMs, context);
  }
}

async function bursts(
  { rounds, forMs, concurrency }: Extract<Step, { do: "bursts" }>,
  { load, plan, record, now, signal }: StepContext,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const { name: group } of plan.groups) {
      signal.throwIfAborted();
      const counts = () => ({ ...load.totals().get(group) });
      const before = counts();
      const begin = now();
      await load.burst(group, { concurrency, forMs });
      const end = now();
      const after = counts();
      record({
        type: "burst",
        group,
        concurrency,
        begin,
        end,
        acknowledged: (after.acknowledged ?? 0) - (before.acknowledged ?? 0),
        failed: (after.failed ?? 0) - (before.failed ?? 0),
      });
    }
  }
}

async function chaos(step: Extract<Step, { do: "chaos" }>, context: StepContext): Promise<void> {
  const { board, plan, seed, signal } = context;
  const faults = planChaos({ seed, mode: plan.mode, forMs: step.forMs, overlapping: step.overlapping });
  const startedAt = performance.now();
  const events = faults
    .flatMap((one) => [
      { atMs: one.atMs, one, heal: false },
      { atMs: one.atMs + one.forMs, one, heal: true },
    ])
    .sort((a, b) => a.atMs - b.atMs);
  for (const { atMs, one, heal } of events) {
    const wait = startedAt + atMs - performance.now();
    if (wait > 0) await pause(wait, signal);
    if (heal) {
      context.enter("recovery", step.forMs - atMs);
      await board.heal(one.id);
      continue;
    }
    context.enter("fault", step.forMs - atMs);
    const planned = { id: one.id, fault: one.fault, ...resolveToken(one.on, plan) };
    await board.inject(planned).catch((error: unknown) => {
      // While another fault is in force nobody may have the role. That is chaos, not a mistake; it is recorded.
      if (error instanceof EngineError && error.code === "FAULT_NO_TARGET") {
        context.note(`${one.id}: ${error.message}`);
        return;
      }
      throw error;
    });
  }
}
