import { type FailoverProfile, failoverProfiles, modes } from "@hotfire/topology";
import { z } from "zod";
import { catalogue } from "../catalogue/catalogue.ts";
import type { DrillResult } from "../result/result-schema.ts";
import { type ColumnKey, columnOf, type MatrixCell } from "./cells.ts";

const ranOn = z.object({ failover: z.enum(failoverProfiles).optional() });

/** Mode and profile that a run's cluster had. Timers of somebody's own belong to no column of their own. */
export function columnKeyOf({ cluster }: DrillResult["run"]): ColumnKey {
  const { failover } = ranOn.safeParse(cluster.spec).data ?? {};
  return { mode: cluster.mode, ...(failover === undefined ? {} : { failover }) };
}

export interface StoredCells {
  readonly cells: readonly MatrixCell[];
  /** One for each cell, the newest. */
  readonly results: readonly DrillResult[];
}

/** The cells that stored runs make up, in the order of modes, profiles and drills. Runs of drills that are in no table are left out. */
export function storedCells(runs: readonly DrillResult[]): StoredCells {
  const newest = new Map<string, { cell: MatrixCell; result: DrillResult }>();
  for (const result of runs.toSorted((a, b) => a.run.clock.origin.localeCompare(b.run.clock.origin))) {
    const drill = catalogue.find(({ name }) => name === result.run.drill);
    const mode = modes.find((name) => name === result.run.cluster.mode);
    if (drill === undefined || drill.matrix === false || mode === undefined) continue;
    const cell = { drill, preset: mode, ...columnKeyOf(result.run), mode };
    newest.set(`${drill.name} on ${columnOf(cell)}`, { cell, result });
  }
  const found = [...newest.values()].sort((a, b) => rank(a.cell) - rank(b.cell));
  return { cells: found.map(({ cell }) => cell), results: found.map(({ result }) => result) };
}

const profileOrder: readonly (FailoverProfile | undefined)[] = [undefined, "fast", "aggressive", "stock"];

function rank({ mode, failover, drill }: MatrixCell): number {
  const column = modes.indexOf(mode) * profileOrder.length + profileOrder.indexOf(failover);
  return column * catalogue.length + catalogue.indexOf(drill);
}
