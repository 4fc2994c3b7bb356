import { formatCount, formatDuration, formatShare } from "@hotfire/base";
import type { Micros } from "../history/micros.ts";
import { type SendRecord, type Verb, verbs } from "../history/operations.ts";
import type { HeaderRecord, SendingStoppedRecord, TesterStallRecord } from "../history/run-records.ts";
import type { FaultWindow } from "./faults.ts";
import { clip, contains, type Interval, lengthOf, unite, without } from "./intervals.ts";
import { binWidth, type Lane } from "./lane.ts";
import type { Numbering } from "./message-table.ts";

/** A send that is so late was held up by the tester, not by the cluster. */
const late: Micros = 200_000;
/** Longer, and the figures are the tester's: its own process is scheduled before all others. */
const longestStall: Readonly<Record<"own" | "official", Micros>> = { own: 1_000_000, official: 3_000_000 };
/** Of the load. Each of its stalls may hide one of the cluster. */
const mostStanding = 0.1;
const leastShare = 0.99;
/** Of what a group should get of an even load. */
const leastGroupShare = 0.9;
const longestHole: Micros = 500_000;

/** What of the load is not as it should be, in words; each list empty when it is. */
export interface LoadFindings {
  readonly schedule: readonly string[];
  readonly everywhere: readonly string[];
  readonly tester: readonly string[];
  readonly counted: readonly string[];
  /** When the tester did nothing. */
  readonly stalls: readonly Interval[];
}

export interface LoadContext {
  readonly header: HeaderRecord;
  readonly windows: readonly FaultWindow[];
  readonly baseline: Micros;
  readonly loadEnd: Micros | undefined;
  /** When the schedule rested: pauses of the drill, and bursts instead of it. */
  readonly pauses: readonly Interval[];
  readonly numbering: Numbering;
  readonly lane: (verb: Verb, group: string) => Lane | undefined;
}

/** Was the load there, everywhere and all the time? What was never sent cannot be lost, and it was not seen whether it would have worked. */
export class LoadChecker {
  #stalls: { from: Micros; to: Micros }[] = [];
  readonly #counts: SendingStoppedRecord[] = [];
  readonly #worst: { own: Micros; official: Micros } = { own: 0, official: 0 };
  #hasCounts = false;

  addStall({ begin, end }: TesterStallRecord): void {
    this.#stall(begin, end);
    this.#worst.own = Math.max(this.#worst.own, end - begin);
  }

  addCount(record: SendingStoppedRecord): void {
    this.#hasCounts = true;
    this.#counts.push(record);
  }

  get stalls(): Interval[] {
    return unite(this.#stalls);
  }

  finish(context: LoadContext): LoadFindings {
    return {
      schedule: schedule(context),
      everywhere: everywhere(context),
      tester: this.#tester(context),
      counted: this.#counted(context),
      stalls: this.stalls,
    };
  }

  addSend({ scheduled, sent, client }: SendRecord): void {
    const error = sent - scheduled;
    if (error < late) return;
    this.#stall(scheduled, sent);
    const who = client === "hotfire" ? "own" : "official";
    if (error > this.#worst[who]) this.#worst[who] = error;
  }

  #stall(from: Micros, to: Micros): void {
    const last = this.#stalls.at(-1);
    if (last !== undefined && from <= last.to && to >= last.from) {
      last.from = Math.min(last.from, from);
      last.to = Math.max(last.to, to);
    } else this.#stalls.push({ from, to });
    // Records come in the order of their outcomes: what is apart now may meet later.
    if (this.#stalls.length > 10_000) this.#stalls = unite(this.#stalls).map((one) => ({ ...one }));
  }

  #tester({ header, baseline, loadEnd }: LoadContext): string[] {
    const load = { from: baseline, to: loadEnd ?? baseline };
    const standing = lengthOf(clip(this.stalls, load));
    // An official client may be late because the cluster holds it up.
    if (
      header.workload.clients.every((client) => client === "hotfire") &&
      standing > mostStanding * (load.to - load.from)
    )
      return [`the tester itself stood still for ${formatDuration(standing)} of the load`];
    return (["own", "official"] as const).flatMap((who) =>
      this.#worst[who] <= longestStall[who]
        ? []
        : [
            `the tester itself stood still for ${formatDuration(this.#worst[who])}: what it saw then is not the cluster's`,
          ],
    );
  }

  #counted({ numbering, header }: LoadContext): string[] {
    const problems: string[] = [];
    const { sends, missing, repeated, stray } = numbering;
    if (missing > 0)
      problems.push(`${formatCount(missing)} messages have a number and no record of their sending`);
    if (repeated > 0) problems.push(`${formatCount(repeated)} numbers were sent more than once`);
    if (stray > 0) problems.push(`${formatCount(stray)} sends have numbers that no producer gave`);
    const sent = this.#counts.reduce((sum, one) => sum + one.sent, 0);
    if (header.version > 1 && !this.#hasCounts) problems.push("no client told how many messages it sent");
    else if (this.#hasCounts && sent !== sends + repeated)
      problems.push(
        `the clients counted ${formatCount(sent)} sends, and the history has ${formatCount(sends + repeated)}`,
      );
    return problems;
  }
}

function schedule({ header, loadEnd, pauses, lane }: LoadContext): string[] {
  const { cluster, workload } = header;
  const lanes = cluster.groups.flatMap(({ name }) => lane("send", name) ?? []);
  const from = Math.min(...lanes.map(({ firstScheduled }) => firstScheduled));
  if (!Number.isFinite(from)) return ["nothing was sent"];
  const last = Math.max(...lanes.map(({ lastScheduled }) => lastScheduled));
  const to = loadEnd ?? last;
  const time = without([{ from, to }], pauses);
  const seconds = lengthOf(time) / 1e6;
  const bins = new Map<number, number>();
  for (const one of lanes) {
    for (const { at, attempts } of one.bins()) bins.set(at, (bins.get(at) ?? 0) + attempts);
  }
  const due = lanes.reduce((sum, one) => sum + attemptsIn(time, one), 0);
  const problems: string[] = [];
  const wanted = workload.rate * seconds;
  // Bins at the edges of bursts are counted whole.
  const slack = workload.rate * (binWidth / 1e6) * (2 + 2 * pauses.length) + 1;
  if (due < wanted * leastShare - slack)
    problems.push(
      `${formatCount(due)} sends were scheduled where ${workload.rate} a second are ${formatCount(Math.round(wanted))}: ${formatShare(due / wanted)}`,
    );
  if (due > wanted / leastShare + slack)
    problems.push(
      `${formatCount(due)} sends were scheduled where ${workload.rate} a second are only ${formatCount(Math.round(wanted))}`,
    );
  const hole = longestHoleIn(bins, time, Math.max(longestHole, 20e6 / workload.rate));
  if (hole !== undefined) problems.push(`no send was due for ${formatDuration(hole)}`);
  return problems;
}

function attemptsIn(time: readonly Interval[], lane: Lane | undefined): number {
  let sum = 0;
  for (const { at, attempts } of lane?.bins() ?? []) if (contains(time, at)) sum += attempts;
  return sum;
}

function longestHoleIn(
  bins: ReadonlyMap<number, number>,
  time: readonly Interval[],
  least: Micros,
): Micros | undefined {
  let longest = 0;
  for (const { from, to } of time) {
    let before = Math.floor(from / binWidth) * binWidth;
    for (const at of [...bins.keys()].filter((bin) => bin >= from && bin < to).sort((a, b) => a - b)) {
      longest = Math.max(longest, at - before - binWidth);
      before = at;
    }
    longest = Math.max(longest, to - before - binWidth);
  }
  return longest >= least ? longest : undefined;
}

/** Every group of the cluster is written to and read from before each fault, while it is in force, and after it. */
function everywhere({ header, windows, baseline, loadEnd, pauses, lane }: LoadContext): string[] {
  const problems: string[] = [];
  const groups = header.cluster.groups.map(({ name }) => name);
  // A burst sends as fast as one group takes it: only what the schedule spreads is even.
  const scheduled = without([{ from: 0, to: Number.MAX_SAFE_INTEGER }], pauses);
  const sendsOf = (group: string) => attemptsIn(scheduled, lane("send", group));
  const total = groups.reduce((sum, group) => sum + sendsOf(group), 0);
  for (const group of groups) {
    const sends = sendsOf(group);
    if (sends < (total / groups.length) * leastGroupShare)
      problems.push(`${group} got ${formatCount(sends)} of ${formatCount(total)} sends`);
  }
  const hasReads = groups.some((group) => lane("consume", group) !== undefined);
  for (const verb of verbs) {
    if (verb === "consume" && !hasReads) {
      if ((header.workload.consumerGroups?.length ?? 0) > 0) problems.push("nothing was read");
      continue;
    }
    for (const group of groups) {
      const one = lane(verb, group);
      const what = `${verb === "send" ? "write to" : "read of"} ${group}`;
      if (one === undefined) {
        problems.push(`there was no ${what}`);
        continue;
      }
      // A client that is called with messages is judged by what waits for it.
      if (one.pushed > 0) continue;
      problems.push(...idle(one, verb, what, { windows, baseline, loadEnd: loadEnd ?? one.lastScheduled }));
    }
  }
  return problems;
}

/** A pull that hangs keeps its queue from the next: a shorter time may pass without one being due. */
const leastForReads: Micros = 2_000_000;

function idle(
  lane: Lane,
  verb: Verb,
  what: string,
  { windows, baseline, loadEnd }: { windows: readonly FaultWindow[]; baseline: Micros; loadEnd: Micros },
): string[] {
  const bins = [...lane.bins()].map(({ at }) => at);
  const least = Math.max(verb === "send" ? 2 * binWidth : leastForReads, 3 * (lane.spacing ?? 0));
  const isIdle = (from: Micros, to: Micros) =>
    to - from >= least && !bins.some((at) => at + binWidth > from && at < to);
  const [first] = windows;
  if (first === undefined) return [];
  const problems: string[] = [];
  if (isIdle(Math.min(baseline, first.begin), first.begin))
    problems.push(`no ${what} was due before the first fault`);
  for (const { begin, healBegin, fault } of windows) {
    if (isIdle(begin, Math.min(healBegin, loadEnd)))
      problems.push(`no ${what} was due while ${fault.kind} was in force`);
    if (isIdle(Math.min(healBegin, loadEnd), loadEnd))
      problems.push(`no ${what} was due after ${fault.kind} was healed`);
  }
  return problems;
}
