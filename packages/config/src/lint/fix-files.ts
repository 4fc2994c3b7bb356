import { type ConfigFile, readConfigFile } from "../files/config-file.ts";
import { applyEdits } from "./apply-fixes.ts";
import { type Finding, lint } from "./lint.ts";

/** `safe`: what changes nothing of a running cluster, or what is broken now. `unsafe`: also what RocketMQ would then do otherwise. */
export type FixMode = "safe" | "unsafe";

export interface Fixed {
  readonly mended: readonly ConfigFile[];
  /** What was mended, in the order in which it was done. */
  readonly done: readonly Finding[];
  /** Findings whose fix was not asked for. */
  readonly left: readonly Finding[];
}

const rounds = 5;

/** Mends in rounds, for a mended key may show what was hidden behind it. Only RocketMQ's properties have edits at all. */
export function fixFiles(given: readonly ConfigFile[], mode: FixMode): Fixed {
  let mended = given;
  const done: Finding[] = [];
  const wanted = (finding: Finding) =>
    finding.edits.length > 0 && (mode === "unsafe" || !finding.isFixUnsafe);
  for (let round = 0; round < rounds; round++) {
    const found = lint(mended).filter(wanted);
    if (found.length === 0) break;
    const edits = Map.groupBy(found, ({ file }) => file);
    done.push(...found);
    mended = mended.map((file) => {
      const own = edits.get(file.path)?.flatMap((finding) => finding.edits) ?? [];
      return own.length === 0 ? file : readConfigFile(file.path, applyEdits(file.text, own));
    });
  }
  const left = lint(mended).filter((finding) => finding.edits.length > 0 && !wanted(finding));
  return { mended, done, left };
}
