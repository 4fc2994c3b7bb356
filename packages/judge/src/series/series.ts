import type { Micros } from "../history/micros.ts";
import type { LogRecord, ObservedRole, RoleRecord } from "../history/observation-records.ts";
import { type OperationRecord, type Outcome, type Verb, verbs } from "../history/operations.ts";
import type { PhaseRecord } from "../history/run-records.ts";
import { Sample } from "./sample.ts";

/** One operation in the latency scatter: when it was scheduled, how long its answer took from then. */
export interface Point {
  readonly at: Micros;
  readonly latency: Micros;
}

export interface Cloud {
  readonly group: string;
  readonly outcome: Outcome;
  readonly total: number;
  readonly points: readonly Point[];
}

/** Operations per bin of their scheduled time. */
export interface RateLane {
  readonly group: string;
  readonly verb: Verb;
  readonly attempts: readonly number[];
  readonly acknowledged: readonly number[];
}

export interface RoleSpan {
  readonly role: ObservedRole;
  readonly term?: number;
  readonly from: Micros;
  readonly to: Micros;
}

export interface RoleLane {
  readonly group: string;
  readonly node: string;
  readonly spans: readonly RoleSpan[];
}

/** What the report draws; judging needs none of it. */
export interface Series {
  readonly from: Micros;
  readonly to: Micros;
  readonly phases: readonly { readonly at: Micros; readonly name: string }[];
  /** Sends only. */
  readonly clouds: readonly Cloud[];
  readonly binWidth: Micros;
  readonly rates: readonly RateLane[];
  readonly roles: readonly RoleLane[];
  readonly logs: readonly { readonly at: Micros; readonly node: string; readonly line: string }[];
  /** Log lines that the history has and `logs` has not. */
  readonly logsCut: number;
}

const finestBin: Micros = 100_000;
const maxBins = 1200;
/** Acknowledged operations are sampled per octave of latency, so the rare slow ones all stay. */
const capPerOctave = 800;
const capUnsuccessful = 2000;
/** Over all groups and outcomes: a point takes about 20 bytes of the report, which must stay below 2 MB. */
const capAll = 50_000;
const maxLogs = 400;

interface Rates {
  readonly attempts: number[];
  readonly acknowledged: number[];
}

/** Collects what is drawn while the history streams past; a few megabytes however long the run. */
export class SeriesCollector {
  readonly #clouds = new Map<
    string,
    { group: string; outcome: Outcome; samples: Map<number, Sample<Point>> }
  >();
  readonly #rates: Readonly<Record<Verb, Map<string, Rates>>> = { send: new Map(), consume: new Map() };
  readonly #roles = new Map<string, { group: string; node: string; records: RoleRecord[] }>();
  readonly #phases: PhaseRecord[] = [];
  readonly #logs: LogRecord[] = [];
  #logsCut = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = 0;

  addOperation(record: OperationRecord): void {
    this.#from = Math.min(this.#from, record.scheduled);
    this.#to = Math.max(this.#to, record.done);
    this.#count(record);
    if (record.type === "send") this.#plot(record);
  }

  addRole(record: RoleRecord): void {
    const lane = this.#roles.get(record.node) ?? { group: record.group, node: record.node, records: [] };
    this.#roles.set(record.node, lane);
    if (lane.records.length < 5000) lane.records.push(record);
  }

  addPhase(record: PhaseRecord): void {
    if (this.#phases.length < 100) this.#phases.push(record);
  }

  addLog(record: LogRecord): void {
    if (this.#logs.length < maxLogs) this.#logs.push(record);
    else this.#logsCut += 1;
  }

  finish(): Series {
    const from = Number.isFinite(this.#from) ? this.#from : 0;
    const to = Math.max(this.#to, from);
    const fine = Math.max(1, Math.ceil((to + 1) / finestBin));
    const samples = [...this.#clouds.values()].flatMap((cloud) => [...cloud.samples.values()]);
    const kept = samples.reduce((sum, sample) => sum + sample.kept, 0);
    const share = Math.min(1, capAll / Math.max(1, kept));
    const merge = Math.max(1, Math.ceil(fine / maxBins));
    return {
      from,
      to,
      phases: this.#phases.map(({ at, name }) => ({ at, name })),
      clouds: [...this.#clouds.values()].map(({ group, outcome, samples }) => ({
        group,
        outcome,
        total: [...samples.values()].reduce((sum, sample) => sum + sample.total, 0),
        points: [...samples]
          .sort(([a], [b]) => a - b)
          .flatMap(([, sample]) => sample.items(Math.ceil(sample.kept * share))),
      })),
      binWidth: finestBin * merge,
      rates: verbs
        .flatMap((verb) =>
          [...this.#rates[verb]].map(([group, { attempts, acknowledged }]) => ({
            group,
            verb,
            attempts: rebin(attempts, fine, merge),
            acknowledged: rebin(acknowledged, fine, merge),
          })),
        )
        .sort((a, b) => a.group.localeCompare(b.group) || b.verb.localeCompare(a.verb)),
      roles: [...this.#roles.values()]
        .map(({ group, node, records }) => ({ group, node, spans: roleSpans(fromOneSource(records), to) }))
        .sort((a, b) => a.group.localeCompare(b.group) || a.node.localeCompare(b.node)),
      logs: this.#logs.map(({ at, node, line }) => ({ at, node, line })).sort((a, b) => a.at - b.at),
      logsCut: this.#logsCut,
    };
  }

  #count(record: OperationRecord): void {
    const rates = this.#rates[record.type];
    let lane = rates.get(record.group);
    if (lane === undefined) {
      lane = { attempts: [], acknowledged: [] };
      rates.set(record.group, lane);
    }
    const bin = Math.floor(record.scheduled / finestBin);
    lane.attempts[bin] = (lane.attempts[bin] ?? 0) + 1;
    if (record.outcome === "acknowledged") lane.acknowledged[bin] = (lane.acknowledged[bin] ?? 0) + 1;
  }

  #plot(record: OperationRecord): void {
    const id = `${record.group} ${record.outcome}`;
    let cloud = this.#clouds.get(id);
    if (cloud === undefined) {
      cloud = { group: record.group, outcome: record.outcome, samples: new Map() };
      this.#clouds.set(id, cloud);
    }
    const latency = Math.max(0, record.done - record.scheduled);
    const isGood = record.outcome === "acknowledged";
    const octave = isGood ? Math.floor(Math.log2(latency + 1)) : 0;
    let sample = cloud.samples.get(octave);
    if (sample === undefined) {
      sample = new Sample(isGood ? capPerOctave : capUnsuccessful);
      cloud.samples.set(octave, sample);
    }
    sample.add({ at: record.scheduled, latency });
  }
}

function rebin(bins: readonly number[], fine: number, merge: number): number[] {
  const merged: number[] = new Array(Math.ceil(fine / merge)).fill(0);
  // Holes are skipped: one late record must not cost a walk through the days before it.
  bins.forEach((count, bin) => {
    const place = Math.floor(bin / merge);
    merged[place] = (merged[place] ?? 0) + count;
  });
  return merged;
}

/**
 * Several sources tell a node's role, each in its own words and at its own time; a lane shows the one closest to the truth:
 * the replication layer, else the broker's own role, else what others say.
 */
function fromOneSource(records: readonly RoleRecord[]): readonly RoleRecord[] {
  const best = ["self", "broker"].find((source) => records.some((record) => record.source === source));
  return best === undefined ? records : records.filter((record) => record.source === best);
}

function roleSpans(records: readonly RoleRecord[], end: Micros): RoleSpan[] {
  const spans: RoleSpan[] = [];
  for (const record of records.toSorted((a, b) => a.at - b.at)) {
    const last = spans.at(-1);
    const term = record.term ?? (last?.role === record.role ? last.term : undefined);
    if (last?.role === record.role && last.term === term) continue;
    if (last !== undefined) spans[spans.length - 1] = { ...last, to: record.at };
    spans.push({ role: record.role, ...(term === undefined ? {} : { term }), from: record.at, to: end });
  }
  return spans.filter((span) => span.to > span.from);
}
