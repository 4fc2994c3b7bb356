import { type FailoverProfile, failoverProfiles, modes } from "@hotfire/topology";
import { z } from "zod";
import { catalogue } from "../catalogue/catalogue.ts";
import type { DrillResult } from "../result/result-schema.ts";
import { type ColumnKey, columnOf, type MatrixCell, matrixCells } from "./cells.ts";
import type { NotRun } from "./run-matrix.ts";

const ranOn = z.object({ failover: z.enum(failoverProfiles).optional() });

/** Mode and profile that a run's cluster had. Timers of somebody's own belong to no column of their own. */
export function columnKeyOf({ cluster }: DrillResult["run"]): ColumnKey {
  const { failover } = ranOn.safeParse(cluster.spec).data ?? {};
  return { mode: cluster.mode, ...(failover === undefined ? {} : { failover }) };
}

export interface StoredCells {
  /** Of every mode and profile that was run at all: each drill that applies. */
  readonly cells: readonly MatrixCell[];
  /** The newest of each cell. */
  readonly results: readonly DrillResult[];
  /** Cells without a stored run. */
  readonly notRun: readonly NotRun[];
}

/** The table that stored runs make up, in the order of modes, profiles and drills. Runs of drills that are in no table are left out. */
export function storedCells(runs: readonly DrillResult[]): StoredCells {
  const newest = new Map<string, DrillResult>();
  const columns = new Map<string, MatrixCell[]>();
  for (const result of runs.toSorted((a, b) => a.run.clock.origin.localeCompare(b.run.clock.origin))) {
    const drill = catalogue.find(({ name }) => name === result.run.drill);
    const mode = modes.find((name) => name === result.run.cluster.mode);
    if (drill === undefined || drill.matrix === false || mode === undefined) continue;
    const { failover } = columnKeyOf(result.run);
    const column = columnOf({ mode, ...(failover === undefined ? {} : { failover }) });
    columns.set(column, matrixCells({ modes: [mode], ...(failover === undefined ? {} : { failover }) }));
    newest.set(`${drill.name} on ${column}`, result);
  }
  const cells = [...columns.values()].flat().sort((a, b) => rank(a) - rank(b));
  const idOf = (cell: MatrixCell) => `${cell.drill.name} on ${columnOf(cell)}`;
  return {
    cells,
    results: cells.flatMap((cell) => newest.get(idOf(cell)) ?? []),
    notRun: cells
      .filter((cell) => !newest.has(idOf(cell)))
      .map((cell) => ({ drill: cell.drill.name, mode: columnOf(cell), reason: "no run of it is stored" })),
  };
}

const profileOrder: readonly (FailoverProfile | undefined)[] = [undefined, "fast", "aggressive", "stock"];

function rank({ mode, failover, drill }: MatrixCell): number {
  const column = modes.indexOf(mode) * profileOrder.length + profileOrder.indexOf(failover);
  return column * catalogue.length + catalogue.indexOf(drill);
}
