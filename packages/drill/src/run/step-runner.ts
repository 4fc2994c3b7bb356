import { setTimeout as sleep } from "node:timers/promises";
import { type DockerClient, EngineError, waitUntilWhole } from "@hotfire/engine";
import type { Micros, StoredRecord } from "@hotfire/judge/history";
import type { ClusterPlan } from "@hotfire/topology";
import type { Step } from "../catalogue/drill-definition.ts";
import { groupAt, resolveTokens } from "../catalogue/targets.ts";
import { chaos } from "./chaos.ts";
import type { PhaseName } from "./drill-event.ts";
import { estimateSteps, promotes } from "./estimate-steps.ts";
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
const defaultSteadyMs = 2000;
const windowMs = 250;
const wholeMs = 90_000;

export function plannedFault(step: Extract<Step, { do: "inject" }>, plan: ClusterPlan): PlannedFault {
  const { as: id, fault, on, to } = step;
  return { id, fault, targets: resolveTokens(on, plan), ...(to === undefined ? {} : { to }) };
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
        return untilWritable(groupAt(step.group, context.plan).name, step, context);
      }
      return pause(step.holdMs, signal);
    case "until-ready":
      return untilReady(step, context);
    case "pause-sending":
      await context.load.pauseSending();
      return context.record({ type: "sending-paused", at: context.now() });
    case "resume-sending":
      context.record({ type: "sending-resumed", at: context.now() });
      return context.load.resumeSending();
    case "roll":
      return roll(step.as, context);
    case "bursts":
      return bursts(step, context);
    case "chaos":
      return chaos(step, context, runSteps);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal });
}

async function untilWritable(
  group: string,
  { atMostMs, steadyMs = defaultSteadyMs }: Extract<Step, { do: "until-writable" }>,
  context: StepContext,
): Promise<void> {
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

async function untilReady(
  { atMostMs, goOn }: Extract<Step, { do: "until-ready" }>,
  context: StepContext,
): Promise<void> {
  if (goOn === undefined) return untilWhole(atMostMs, context);
  const missing = await lookForWhole(context, atMostMs);
  for (const what of missing) context.note(`still not as before: ${what}`);
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
    const targets = [{ target: node, single: true }];
    await board.inject({ id: fault, fault: { kind: "stop", handOver: true }, targets });
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
