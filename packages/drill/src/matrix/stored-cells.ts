import type { DrillResult } from "@hotfire/judge/result";
import { type FailoverProfile, failoverProfiles, modes } from "@hotfire/topology";
import { z } from "zod";
import { catalogue } from "../catalogue/catalogue.ts";
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
  const newestFirst = runs
    .filter(({ run }) => modes.some((mode) => mode === run.cluster.mode))
    .filter(({ run }) => catalogue.some(({ name, matrix }) => name === run.drill && matrix !== false))
    .toSorted((a, b) => b.run.clock.origin.localeCompare(a.run.clock.origin));
  const columns = new Map(newestFirst.map(({ run }) => [columnOf(columnKeyOf(run)), columnKeyOf(run)]));
  const cells = [...columns.values()]
    .flatMap(({ mode, failover }) =>
      matrixCells({ modes: [mode], ...(failover === undefined ? {} : { failover }) }),
    )
    .sort((a, b) => rank(a) - rank(b));
  return {
    cells,
    results: cells.flatMap((cell) => resultOf(cell, newestFirst) ?? []),
    notRun: cells
      .filter((cell) => resultOf(cell, newestFirst) === undefined)
      .map((cell) => ({ drill: cell.drill.name, mode: columnOf(cell), reason: "no run of it is stored" })),
  };
}

/** The first of these results that is one of the cell. */
export function resultOf(cell: MatrixCell, results: readonly DrillResult[]): DrillResult | undefined {
  return results.find(
    ({ run }) => run.drill === cell.drill.name && columnOf(columnKeyOf(run)) === columnOf(cell),
  );
}

const profileOrder: readonly (FailoverProfile | undefined)[] = [undefined, "fast", "aggressive", "stock"];

function rank({ mode, failover, drill }: MatrixCell): number {
  const column = modes.indexOf(mode) * profileOrder.length + profileOrder.indexOf(failover);
  return column * catalogue.length + catalogue.indexOf(drill);
}
