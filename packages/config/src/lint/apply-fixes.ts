import type { Edit } from "../rules/rule.ts";

/** Applies edits to a text. Of two that overlap, the later one waits for the next run. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let fixed = "";
  let from = 0;
  for (const edit of [...edits].sort((one, two) => one.start - two.start || one.end - two.end)) {
    if (edit.start < from) continue;
    fixed += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return fixed + text.slice(from);
}
