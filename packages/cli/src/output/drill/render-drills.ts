import type { DrillDefinition } from "@hotfire/drill";
import type { Style } from "../style.ts";
import { wrap } from "../wrap.ts";
import { renderWrappedTable } from "../wrapped-table.ts";

/** A terminal that is narrower has no room for the claims. */
const roomForClaims = 110;

/** Every drill: what it does, where, and what is expected on its own preset. */
export function renderDrills(drills: readonly DrillDefinition[], style: Style, width?: number): string {
  const hasClaims = width === undefined || width >= roomForClaims;
  return renderWrappedTable<DrillDefinition>(
    [
      { title: "DRILL", value: ({ name }) => name, paint: () => style.bold },
      { title: "WHAT HAPPENS", value: ({ title }) => title },
      { title: "MODES", value: modesOf, paint: () => style.dim },
      ...(hasClaims
        ? [{ title: "CLAIM", value: (drill: DrillDefinition) => claims(drill)[0]?.claim ?? "" }]
        : []),
    ],
    drills,
    style,
    width,
  );
}

function modesOf({ expect }: DrillDefinition): string {
  const modes = Object.keys(expect);
  return modes.length === 6 ? "all" : modes.join(", ");
}

interface Claim {
  readonly modes: readonly string[];
  readonly claim: string;
  readonly source: string;
}

/** The same claim of several modes told once; that of the drill's own preset first. */
function claims({ expect, preset }: DrillDefinition): Claim[] {
  const found: Claim[] = [];
  const entries = Object.entries(expect).sort(
    ([a], [b]) => Number(preset.startsWith(b)) - Number(preset.startsWith(a)),
  );
  for (const [mode, { claim, source }] of entries) {
    const same = found.findIndex((one) => one.claim === claim && one.source === source);
    const known = found[same];
    if (known === undefined) found.push({ modes: [mode], claim, source });
    else found[same] = { ...known, modes: [...known.modes, mode] };
  }
  return found;
}

/** One drill with everything that is claimed about it. */
export function renderDrill(drill: DrillDefinition, style: Style, width?: number): string {
  const about = wrap(drill.about, width ?? Number.POSITIVE_INFINITY).join("\n");
  const table = renderWrappedTable<Claim>(
    [
      { title: "MODE", value: ({ modes }) => modes.join(", "), paint: () => style.bold },
      { title: "CLAIM", value: ({ claim }) => claim },
      { title: "SOURCE", value: ({ source }) => source, paint: () => style.dim },
    ],
    claims(drill),
    style,
    width,
  );
  return `${style.bold(drill.name)}  ${drill.title}\n\n${about}\n\n${table}`;
}
