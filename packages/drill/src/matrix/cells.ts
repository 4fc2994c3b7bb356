import { nearest } from "@hotfire/base";
import type { FailoverProfile, Mode, PresetName } from "@hotfire/topology";
import { defaultFailover, modes, replacesWriters } from "@hotfire/topology";
import { catalogue, findDrill } from "../catalogue/catalogue.ts";
import type { DrillDefinition } from "../catalogue/drill-definition.ts";
import { DrillError } from "../errors/drill-error.ts";

/** One drill on one mode. */
export interface MatrixCell {
  readonly drill: DrillDefinition;
  readonly preset: PresetName;
  readonly mode: Mode;
  /** How fast a group replaces its writer, in modes that do. */
  readonly failover?: FailoverProfile;
}

export interface ColumnKey {
  readonly mode: string;
  readonly failover?: FailoverProfile;
}

/** A column of the table: the mode, and its profile where it has one. */
export function columnOf({ mode, failover }: ColumnKey): string {
  return failover === undefined ? mode : `${mode} (${failover})`;
}

/** All modes x all faults that apply, mode by mode, or those that were asked for. */
export function matrixCells(
  only: {
    readonly modes?: readonly string[];
    readonly drills?: readonly string[];
    /** Default: the presets' own. */
    readonly failover?: FailoverProfile;
  } = {},
): MatrixCell[] {
  const wantedModes = only.modes?.map(findMode) ?? modes;
  const wantedDrills = only.drills?.map(findDrill) ?? catalogue.filter(({ matrix }) => matrix !== false);
  return modes
    .filter((mode) => wantedModes.includes(mode))
    .flatMap((mode) =>
      wantedDrills
        .filter((drill) => drill.expect[mode] !== undefined)
        .map((drill) => ({
          drill,
          preset: mode,
          mode,
          ...(replacesWriters(mode) ? { failover: only.failover ?? defaultFailover } : {}),
        })),
    );
}

function findMode(name: string): Mode {
  const found = modes.find((mode) => mode === name);
  if (found !== undefined) return found;
  const suggestion = nearest(name, modes);
  throw new DrillError("DRILL_UNKNOWN", `There is no mode "${name}".`, {
    hint: `${suggestion === undefined ? "" : `Did you mean ${suggestion}? `}Modes: ${modes.join(", ")}.`,
  });
}
