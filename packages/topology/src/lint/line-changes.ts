import type { Edit } from "./rule.ts";

export interface LineChange {
  /** From 1, in the text before. */
  readonly line: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What edits do to a text, line by line, as a person reads a diff. */
export function lineChanges(text: string, edits: readonly Edit[]): LineChange[] {
  const changes: LineChange[] = [];
  let done = 0;
  let line = 1;
  let counted = 0;
  const sorted = [...edits].sort((one, two) => one.start - two.start || one.end - two.end);
  for (let first = 0; first < sorted.length; ) {
    const start = text.lastIndexOf("\n", (sorted[first]?.start ?? 0) - 1) + 1;
    let end = start;
    let after = "";
    let from = start;
    // All edits that touch the lines of this one.
    for (; first < sorted.length; first++) {
      const edit = sorted[first];
      if (edit === undefined || (end > start && edit.start >= end)) break;
      if (edit.start < Math.max(from, done)) continue;
      after += text.slice(from, edit.start) + edit.text;
      from = edit.end;
      const touched = edit.end > edit.start && text[edit.end - 1] === "\n" ? edit.end - 1 : edit.end;
      const lineEnd = text.indexOf("\n", touched);
      end = lineEnd === -1 ? text.length : lineEnd + 1;
    }
    after += text.slice(from, end);
    for (; counted < start; counted++) if (text[counted] === "\n") line++;
    if (end > start) changes.push({ line, before: linesOf(text.slice(start, end)), after: linesOf(after) });
    done = Math.max(end, done);
  }
  return changes;
}

function linesOf(text: string): string[] {
  if (text === "") return [];
  return text.replace(/\r?\n$/, "").split(/\r?\n/);
}
