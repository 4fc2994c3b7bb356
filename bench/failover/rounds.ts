import { join } from "node:path";
import { failoverRounds, failoverSeries, runDrill, type WriterChange } from "@hotfire/drill";
import { connect } from "@hotfire/engine";
import type { DrillResult } from "@hotfire/judge/result";
import { type FailoverMode, type FailoverProfile, parseSpec } from "@hotfire/topology";

/** What one fault cost, in milliseconds, as the drill's judge has it. */
export interface MeasuredFault {
  readonly fault: WriterChange;
  /** Writes of the group that was hit, while the fault is in force: last acknowledgement before to first acknowledgement after. */
  readonly gapMs: number | undefined;
  /** The same while it is healed: the old writer comes back. 0 without a gap. */
  readonly healingGapMs: number;
  /** From the order of the fault, Docker's own time to carry it out included, to the first acknowledgement after. */
  readonly rtoMs: number | undefined;
  /** Steps of the switch, since the order of the fault. */
  readonly stepsMs: Readonly<Record<string, number>>;
}

export interface Block {
  readonly mode: FailoverMode;
  readonly profile: FailoverProfile;
  readonly kinds: readonly WriterChange[];
  readonly rounds: number;
  readonly rate: number;
  /** Load before the first fault: brokers that have just started compile what they run. */
  readonly warmUpMs: number;
  /** Version of RocketMQ, and so tag of the images. */
  readonly rocketmq: string;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** A cluster of its own, so many rounds of faults under load, and the judge's word that nothing was lost. */
export async function runBlock(block: Block): Promise<{ faults: MeasuredFault[]; result: DrillResult }> {
  const { mode, profile, kinds, rounds, rate, warmUpMs, rocketmq, folder, signal } = block;
  const name = `bench-${mode}-${profile}`;
  const docker = await connect();
  const spec = parseSpec(JSON.stringify({ version: 1, name, mode, rocketmq, failover: profile }));
  const { result } = await runDrill({
    docker,
    drill: {
      ...failoverSeries,
      steps: [{ do: "hold", forMs: warmUpMs }, ...failoverRounds(kinds, rounds)],
    },
    place: { kind: "own", spec, keep: false },
    seed: 1,
    limits: [],
    workload: { rate },
    folder: join(folder, `${mode}-${profile}`),
    command: "make bench-failover",
    build: false,
    signal,
  });
  return { faults: measuredOf(result, kinds), result };
}

/** How the operations of the groups that a fault hit came back. */
export function recoveryOf(
  result: DrillResult,
  { id, groups }: Pick<DrillResult["faults"][number], "id" | "groups">,
  verb: "send" | "consume",
): DrillResult["recoveries"][number] | undefined {
  return result.recoveries.find((one) => one.fault === id && one.verb === verb && groups.includes(one.group));
}

function measuredOf(result: DrillResult, kinds: readonly WriterChange[]): MeasuredFault[] {
  return result.faults.flatMap(({ id, groups }) => {
    const fault = kinds.find((kind) => id.startsWith(`${kind}-`));
    const recovery = recoveryOf(result, { id, groups }, "send");
    if (fault === undefined || recovery === undefined) return [];
    const steps = result.steps.filter((step) => step.fault === id);
    const stepsMs: Record<string, number> = {};
    for (const { step, after } of steps) stepsMs[step] ??= after / 1000;
    return [
      {
        fault,
        // The interruption itself; from the order is the figure below.
        gapMs: recovery.rto === undefined ? undefined : (recovery.silence ?? 0) / 1000,
        healingGapMs: (recovery.healing ?? 0) / 1000,
        rtoMs: recovery.rto === undefined ? undefined : recovery.rto / 1000,
        stepsMs,
      },
    ];
  });
}
