import { plainStyle, type Style, widthOf } from "./style.ts";

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: "left" | "right";
}

const gap = "   ";

/** Lays rows out in columns as wide as their widest cell. A column without any value is left out. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  style: Style = plainStyle,
): string {
  const cells = columns
    .map((column) => ({ column, values: rows.map((row) => column.value(row)) }))
    .filter(({ values }) => values.some((value) => value !== ""));
  const widths = cells.map(({ column, values }) => Math.max(column.title.length, ...values.map(widthOf)));
  const line = (parts: readonly string[]) =>
    parts
      .map((part, index) => {
        const padding = " ".repeat(Math.max(0, (widths[index] ?? 0) - widthOf(part)));
        return cells[index]?.column.align === "right" ? padding + part : part + padding;
      })
      .join(gap)
      .trimEnd();
  const head = line(cells.map(({ column }) => style.dim(column.title)));
  return [head, ...rows.map((_, row) => line(cells.map(({ values }) => values[row] ?? "")))].join("\n");
}
