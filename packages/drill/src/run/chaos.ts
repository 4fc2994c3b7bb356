import { setTimeout as sleep } from "node:timers/promises";
import { isEngineError } from "@hotfire/engine";
import type { Step } from "../catalogue/drill-definition.ts";
import { resolveTokens } from "../catalogue/targets.ts";
import { type ChaosEpisode, type ChaosFault, planChaos } from "./chaos-plan.ts";
import type { StepContext } from "./step-runner.ts";

type RunSteps = (steps: readonly Step[], context: StepContext) => Promise<void>;

/** What the seed has planned, each at its time or as soon as what was before it is over. */
export async function chaos(
  step: Extract<Step, { do: "chaos" }>,
  context: StepContext,
  runSteps: RunSteps,
): Promise<void> {
  const { plan, seed, load, signal } = context;
  const { forMs, overlapping } = step;
  const { canPause } = load;
  const startedAt = performance.now();
  const events = planChaos({ seed, mode: plan.mode, forMs, overlapping, canPause })
    .flatMap((one) =>
      "steps" in one
        ? [{ atMs: one.atMs, act: () => episode(one, context, runSteps) }]
        : [
            { atMs: one.atMs, act: () => inject(one, context, forMs) },
            { atMs: one.atMs + one.forMs, act: () => heal(one, context, forMs) },
          ],
    )
    .sort((a, b) => a.atMs - b.atMs);
  for (const { atMs, act } of events) {
    const wait = startedAt + atMs - performance.now();
    if (wait > 0) await sleep(wait, undefined, { signal });
    signal.throwIfAborted();
    await act();
  }
}

async function episode({ id, drill, steps }: ChaosEpisode, context: StepContext, runSteps: RunSteps) {
  context.note(`${id}: ${drill}`);
  await runSteps(steps, context);
}

async function inject(one: ChaosFault, { board, plan, enter, note }: StepContext, allMs: number) {
  enter("fault", allMs - one.atMs);
  const planned = { id: one.id, fault: one.fault, targets: resolveTokens(one.on, plan) };
  await board.inject(planned).catch((error: unknown) => {
    // While another fault is in force nobody may have the role. That is chaos, not a mistake; it is recorded.
    if (!isEngineError(error, "FAULT_NO_TARGET")) throw error;
    note(`${one.id}: ${error.message}`);
  });
}

async function heal({ id, atMs, forMs }: ChaosFault, { board, enter }: StepContext, allMs: number) {
  enter("recovery", allMs - atMs - forMs);
  await board.heal(id);
}
