import { plainStyle, type Style, widthOf } from "./style.ts";
import { wrap } from "./wrap.ts";

export interface WrappedColumn<Row> {
  readonly title: string;
  /** Plain text: it is broken between words first and painted then. */
  readonly value: (row: Row) => string;
  readonly paint?: (row: Row) => (text: string) => string;
}

const gap = "   ";

/** A table whose cells are broken between words where it would be wider than the terminal. */
export function renderWrappedTable<Row>(
  columns: readonly WrappedColumn<Row>[],
  rows: readonly Row[],
  style: Style = plainStyle,
  width: number = Number.POSITIVE_INFINITY,
): string {
  const natural = columns.map(({ title, value }) =>
    Math.max(title.length, ...rows.flatMap((row) => value(row).split("\n").map(widthOf))),
  );
  const words = columns.map(({ title, value }) =>
    Math.max(title.length, ...rows.flatMap((row) => value(row).split(/\s/).map(widthOf))),
  );
  const widths = shrink(natural, words, width - gap.length * (columns.length - 1));
  const line = (cells: readonly (readonly [text: string, paint: (text: string) => string])[]) =>
    cells
      .map(
        ([text, paint], index) => paint(text) + " ".repeat(Math.max(0, (widths[index] ?? 0) - widthOf(text))),
      )
      .join(gap)
      .trimEnd();
  const head = line(columns.map(({ title }) => [title, style.dim]));
  const body = rows.flatMap((row) => {
    const cells = columns.map((column, index) => ({
      lines: column
        .value(row)
        .split("\n")
        .flatMap((part) => wrap(part, widths[index] ?? 0)),
      paint: column.paint?.(row) ?? ((text: string) => text),
    }));
    const height = Math.max(...cells.map(({ lines }) => lines.length));
    return Array.from({ length: height }, (_, at) =>
      line(cells.map(({ lines, paint }) => [lines[at] ?? "", paint])),
    );
  });
  return [head, ...body].join("\n");
}

/** Takes from the widest column until all fit, or every column is as narrow as its longest word. */
function shrink(natural: readonly number[], words: readonly number[], room: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, one) => sum + one, 0) - room;
  while (excess > 0) {
    const spare = widths.map((one, index) => (one > (words[index] ?? 0) ? one : 0));
    const most = Math.max(...spare);
    if (most === 0) break;
    widths[spare.indexOf(most)] = most - 1;
    excess -= 1;
  }
  return widths;
}
