import { random } from "@hotfire/base";
import type { Expectation } from "../history/expectation.ts";
import type { Micros } from "../history/micros.ts";
import type { StoredRecord } from "../history/record.ts";
import { good, refused } from "./answers.ts";
import { plans, type RunPlan, type Turn } from "./plans.ts";
import { faultRecords } from "./proofs.ts";
import { assemble, makeHeader } from "./scenarios.ts";
import { type Answer, type GroupModel, simulate } from "./simulate.ts";

const s = 1_000_000;
const ms = 1000;

/** An invented run of a mode that does what it claims: what mutations are made of. */
export interface SampleRun {
  readonly name: string;
  readonly mode: string;
  /** Its faults, in order, with the group that each hit; none of a fault that hits no broker. */
  readonly faults: readonly {
    readonly id: string;
    readonly group: string | undefined;
    readonly begin: Micros;
    readonly healed: Micros;
  }[];
  readonly groups: readonly string[];
  readonly records: readonly StoredRecord[];
  /** A real one: it is not as steady as an invented one. */
  readonly isReal?: true;
  /** When the load ran smoothly, for at least 4 s before the first fault. */
  readonly baseline: Micros;
  /** End of the load. */
  readonly until: Micros;
}

const elects = (mode: string) => mode === "dledger" || mode === "controller";
const rate = 40;

function build(plan: RunPlan, seed: number): SampleRun {
  const jitter = random(seed);
  const { mode, until } = plan;
  const turnAt = (turns: readonly Turn[], at: Micros) => turns.findLast(({ from }) => from <= at);
  const answer = (broker: string | undefined): Answer =>
    broker === undefined ? refused(undefined, jitter) : good(broker, 1.5, jitter);
  const lastWriter = (turns: readonly Turn[]) =>
    turns.findLast(({ writer }) => writer !== undefined)?.writer ?? "";
  const models = plan.groups.map(
    ({ name, brokers, turns }): GroupModel => ({
      name,
      rate,
      pullEvery: 50 * ms,
      send: (at) => answer(turnAt(turns, at)?.writer),
      pull: (at) => answer(turnAt(turns, at)?.reader),
      replicas: brokers.toSorted((a, b) => Number(b === lastWriter(turns)) - Number(a === lastWriter(turns))),
      survives: () => true,
    }),
  );
  const { load, readBack } = simulate(models, until, jitter);
  const roles = plan.groups.flatMap(({ name: group, brokers, turns }): StoredRecord[] => {
    const writers = turns.flatMap(({ from, writer }) => (writer === undefined ? [] : [{ from, writer }]));
    const changes = writers.filter(({ writer }, index) => writer !== writers[index - 1]?.writer);
    return changes.flatMap(({ from, writer }, index): StoredRecord[] =>
      brokers.map(
        (node): StoredRecord => ({
          type: "role",
          at: Math.max(0, from - 5 * ms),
          ...(from === 0 ? {} : { previousAt: from - 60 * ms }),
          group,
          node,
          role:
            node === writer
              ? mode === "dledger"
                ? "leader"
                : "master"
              : mode === "dledger"
                ? "follower"
                : "slave",
          ...(elects(mode) ? { term: index + 1 } : {}),
          source: mode === "dledger" ? "self" : "broker",
        }),
      ),
    );
  });
  const facts: StoredRecord[] = [
    { type: "phase", at: 0, name: "baseline" },
    ...roles,
    ...plan.faults.flatMap((fault, index): StoredRecord[] => [
      { type: "phase", at: fault.begin, name: "fault" },
      ...faultRecords({ ...fault, id: `f${index + 1}` }),
      { type: "phase", at: fault.healBegin, name: "recovery" },
      { type: "whole", at: fault.healEnd + s, missing: [] },
    ]),
  ];
  const expectation: Expectation = {
    claim: "it does what it claims",
    source: "synthetic",
    rules: [...plan.claim],
    ...(plan.faults.length === 0 ? { faults: "none" } : {}),
  };
  const header = makeHeader({
    drill: plan.name,
    mode,
    rate: rate * plan.groups.length,
    groups: plan.groups.map(({ name, brokers }) => ({ name, brokers: [...brokers] })),
    expectation,
  });
  const masters = Object.fromEntries(plan.groups.map(({ name, turns }) => [name, lastWriter(turns)]));
  return {
    name: plan.name,
    mode,
    until,
    baseline: 0,
    groups: plan.groups.map(({ name }) => name),
    faults: plan.faults.map(({ groups, begin, healEnd }, index) => ({
      id: `f${index + 1}`,
      group: groups[0],
      begin,
      healed: healEnd,
    })),
    records: assemble(header, [...facts, ...load], readBack, until, { masters }),
  };
}

/** One run of each mode and kind, as a stored run would tell it; the same every time. */
export const sampleRuns: readonly SampleRun[] = plans.map((plan, index) => build(plan, index + 11));
