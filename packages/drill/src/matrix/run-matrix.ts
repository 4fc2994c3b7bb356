import { join } from "node:path";
import { messageOf } from "@hotfire/base";
import {
  type DockerClient,
  down,
  EngineError,
  type EngineEvent,
  ensureFaultImage,
  findCluster,
  upOnFreePorts,
  waitUntilWhole,
} from "@hotfire/engine";
import type { DrillResult } from "@hotfire/judge/result";
import { type ClusterSpec, loadPreset, withOverrides } from "@hotfire/topology";
import type { DrillEvent } from "../run/drill-event.ts";
import { runDrill } from "../run/run-drill.ts";
import type { DrillPlace } from "../run/run-options.ts";
import type { MatrixCell } from "./cells.ts";
import { renderTable } from "./render-table.ts";

/** Three turns of a broker's registration (registerNameServerPeriod in packages/topology/src/plan/broker-defaults.ts). */
const wholeMs = 30_000;

export type CellState = "running" | "pass" | "fail" | "unknown" | "not-run";

export type MatrixEvent =
  | {
      readonly type: "cell";
      readonly index: number;
      readonly total: number;
      readonly drill: string;
      readonly mode: string;
      readonly state: CellState;
      /** Verdict in a sentence, or why it was not run. */
      readonly sentence: string;
    }
  | { readonly type: "drill-event"; readonly event: DrillEvent };

export interface NotRun {
  readonly drill: string;
  readonly mode: string;
  readonly reason: string;
}

export interface MatrixOptions {
  readonly docker: DockerClient;
  readonly cells: readonly MatrixCell[];
  readonly seed: number;
  /** Gets a folder for each cell, MODE/DRILL. */
  readonly folder: string;
  readonly command: string;
  readonly build?: boolean;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: MatrixEvent) => void;
}

export interface MatrixOutcome {
  readonly results: readonly DrillResult[];
  /** Cells that this machine cannot run, or that broke down; never counted as passed. */
  readonly notRun: readonly NotRun[];
  /** Markdown. */
  readonly table: string;
}

/** Runs every cell, those of one mode one after another on one cluster. A cell that breaks down costs the others nothing. */
export async function runMatrix(options: MatrixOptions): Promise<MatrixOutcome> {
  const { docker, cells, signal } = options;
  await ensureFaultImage(docker, { signal });
  const results: DrillResult[] = [];
  const notRun: NotRun[] = [];
  const shared = new SharedCluster(options);
  try {
    for (const [index, cell] of cells.entries()) {
      signal.throwIfAborted();
      const report = (state: CellState, sentence: string) =>
        options.onEvent?.({
          type: "cell",
          index,
          total: cells.length,
          drill: cell.drill.name,
          mode: cell.mode,
          state,
          sentence,
        });
      report("running", cell.drill.title);
      try {
        const result = await runCell(cell, await shared.placeFor(cell), options);
        results.push(result);
        report(result.verdict, result.sentence);
      } catch (error) {
        signal.throwIfAborted();
        const reason = messageOf(error);
        notRun.push({ drill: cell.drill.name, mode: cell.mode, reason });
        report("not-run", reason);
        // A fault that is not to be had leaves the cluster as it was; whatever else went wrong may not.
        if (!(error instanceof EngineError && error.code === "FAULT_UNAVAILABLE")) await shared.remove();
      }
    }
  } finally {
    await shared.remove();
  }
  return { results, notRun, table: renderTable({ results, notRun, cells }) };
}

async function runCell(cell: MatrixCell, place: DrillPlace, options: MatrixOptions): Promise<DrillResult> {
  const { docker, seed, signal, command, folder, build, onEvent } = options;
  const { result } = await runDrill({
    docker,
    drill: cell.drill,
    place,
    seed,
    limits: [],
    folder: join(folder, cell.mode, cell.drill.name),
    command: `${command} --modes ${cell.mode} --drills ${cell.drill.name}`,
    signal,
    ...(build === undefined ? {} : { build }),
    onEvent: (event) => onEvent?.({ type: "drill-event", event }),
  });
  return result;
}

/** The cluster that cells of one mode share. Drills with needs of their own get clusters of their own. */
class SharedCluster {
  readonly #options: MatrixOptions;
  #name: string | undefined;

  constructor(options: MatrixOptions) {
    this.#options = options;
  }

  async placeFor(cell: MatrixCell): Promise<DrillPlace> {
    const { docker, build, signal, onEvent } = this.#options;
    const name = `drill-matrix-${cell.preset}`;
    if (cell.drill.needs !== undefined) {
      const spec = specOf(cell, `drill-${cell.drill.name}`);
      return { kind: "own", spec, keep: false };
    }
    if (this.#name === name) {
      // After its name servers were away, brokers register only with their next turn.
      await waitUntilWhole(docker, name, { atMostMs: wholeMs, signal });
      return { kind: "running", cluster: name };
    }
    await this.remove();
    this.#name = name;
    // What a killed run left under this name would not be whole.
    await removeCluster(docker, name);
    const spec = specOf(cell, name);
    await upOnFreePorts(docker, spec, {
      signal,
      ...(build === undefined ? {} : { build }),
      onEvent: (event: EngineEvent) => onEvent?.({ type: "drill-event", event: { type: "engine", event } }),
    });
    return { kind: "running", cluster: name };
  }

  async remove(): Promise<void> {
    if (this.#name === undefined) return;
    await removeCluster(this.#options.docker, this.#name);
    this.#name = undefined;
  }
}

function specOf({ preset, failover }: MatrixCell, name: string): ClusterSpec {
  const spec = withOverrides(loadPreset(preset), { name });
  return { ...spec, console: false, ...(failover === undefined ? {} : { failover }) };
}

async function removeCluster(docker: DockerClient, name: string): Promise<void> {
  const found = await findCluster(docker, name);
  if (found !== undefined) await down(docker, found, { now: true });
}
