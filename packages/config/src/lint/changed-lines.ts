export interface LineChange {
  /** From 1, in the text before. */
  readonly line: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const lineEnd = /\r\n|\r|\n/;

/** What differs between two texts, as a person reads a diff: runs of lines that are gone and of lines that are new. */
export function changedLines(before: string, after: string): LineChange[] {
  const [was, is] = [before.split(lineEnd), after.split(lineEnd)];
  const same = longestCommon(was, is);
  const changes: LineChange[] = [];
  let [at, to] = [0, 0];
  for (const [nextAt, nextTo] of [...same, [was.length, is.length] as const]) {
    if (nextAt > at || nextTo > to)
      changes.push({ line: at + 1, before: was.slice(at, nextAt), after: is.slice(to, nextTo) });
    [at, to] = [nextAt + 1, nextTo + 1];
  }
  return changes;
}

/** Pairs of equal lines, in order: a configuration has some hundred lines, and few of them change. */
function longestCommon(was: readonly string[], is: readonly string[]): (readonly [number, number])[] {
  let start = 0;
  while (start < was.length && start < is.length && was[start] === is[start]) start++;
  let end = 0;
  while (end < was.length - start && end < is.length - start && was.at(-1 - end) === is.at(-1 - end)) end++;
  const [rows, columns] = [was.length - end - start, is.length - end - start];
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  const length = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    const line = lengths[row];
    for (let column = columns - 1; column >= 0 && line !== undefined; column--)
      line[column] =
        was[start + row] === is[start + column]
          ? length(row + 1, column + 1) + 1
          : Math.max(length(row + 1, column), length(row, column + 1));
  }
  const pairs: (readonly [number, number])[] = [];
  for (let index = 0; index < start; index++) pairs.push([index, index]);
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (was[start + row] === is[start + column]) pairs.push([start + row++, start + column++]);
    else if (length(row + 1, column) >= length(row, column + 1)) row++;
    else column++;
  }
  for (let index = end; index > 0; index--) pairs.push([was.length - index, is.length - index]);
  return pairs;
}
