import { plainStyle, type Style, widthOf } from "./style.ts";

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: "left" | "right";
  /** On a narrow terminal the columns with the lowest number go first; without one a column stays. */
  readonly drop?: number;
}

const gap = "   ";

/** Lays rows out in columns as wide as their widest cell. A column without any value is left out. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  style: Style = plainStyle,
  width: number = Number.POSITIVE_INFINITY,
): string {
  const filled = columns
    .map((column) => {
      const values = rows.map((row) => column.value(row));
      return { column, values, width: Math.max(column.title.length, ...values.map(widthOf)) };
    })
    .filter(({ values }) => values.some((value) => value !== ""));
  const cells = fit(filled, width);
  const line = (parts: readonly string[]) =>
    parts
      .map((part, index) => {
        const padding = " ".repeat(Math.max(0, (cells[index]?.width ?? 0) - widthOf(part)));
        return cells[index]?.column.align === "right" ? padding + part : part + padding;
      })
      .join(gap)
      .trimEnd();
  const head = line(cells.map(({ column }) => style.dim(column.title)));
  return [head, ...rows.map((_, row) => line(cells.map(({ values }) => values[row] ?? "")))].join("\n");
}

function fit<C extends { readonly column: { readonly drop?: number }; readonly width: number }>(
  cells: readonly C[],
  width: number,
): readonly C[] {
  const total = cells.reduce((sum, cell) => sum + cell.width, 0) + gap.length * Math.max(0, cells.length - 1);
  const candidates = cells.flatMap(({ column }) => column.drop ?? []);
  if (total <= width || candidates.length === 0) return cells;
  const first = Math.min(...candidates);
  return fit(
    cells.filter(({ column }) => column.drop !== first),
    width,
  );
}
