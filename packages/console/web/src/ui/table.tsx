import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  type RowData,
  type SortingState,
  useReactTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef, useState } from "react";

declare module "@tanstack/react-table" {
  interface ColumnMeta<TData extends RowData, TValue> {
    /** Figures stand right. */
    readonly numeric?: boolean;
  }
}

interface TableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly ColumnDef<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly empty: ReactNode;
  readonly sort?: SortingState;
  /** Tells which rows can be seen, by key: what is costly is asked for these only. */
  readonly onSeen?: (keys: readonly string[]) => void;
}

/** More rows than this are drawn as they come into sight. */
const virtualFrom = 60;
const rowHeight = 41;

/** A table that sorts by its headers and stays quick with thousands of rows. */
export function DataTable<Row>(props: TableProps<Row>): ReactNode {
  const { label, rows, columns, rowKey, empty, onSeen } = props;
  const [sorting, setSorting] = useState<SortingState>(props.sort ?? []);
  const table = useReactTable<Row>({
    data: rows as Row[],
    columns: columns as ColumnDef<Row>[],
    state: { sorting },
    onSortingChange: setSorting,
    getRowId: rowKey,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    enableSortingRemoval: false,
  });
  const all = table.getRowModel().rows;
  const scroller = useRef<HTMLDivElement>(null);
  const isVirtual = all.length > virtualFrom;
  const virtual = useVirtualizer({
    count: isVirtual ? all.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    onChange: (instance) => {
      if (onSeen === undefined) return;
      onSeen(instance.getVirtualItems().flatMap(({ index }) => all[index]?.id ?? []));
    },
  });
  const seen = virtual.getVirtualItems();
  const shown = isVirtual ? seen.flatMap(({ index }) => all[index] ?? []) : all;
  const before = isVirtual ? (seen[0]?.start ?? 0) : 0;
  const after = isVirtual ? virtual.getTotalSize() - (seen.at(-1)?.end ?? 0) : 0;
  if (rows.length === 0) return <div className="empty">{empty}</div>;
  return (
    <section
      className={isVirtual ? "table-scroll tall" : "table-scroll"}
      ref={scroller}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
      tabIndex={0}
    >
      <table className="table" aria-rowcount={all.length + 1}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const { meta } = header.column.columnDef;
                const sorted = header.column.getIsSorted();
                const title = flexRender(header.column.columnDef.header, header.getContext());
                return (
                  <th
                    key={header.id}
                    scope="col"
                    className={classOf(meta)}
                    aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
                  >
                    {header.column.getCanSort() ? (
                      <button
                        type="button"
                        className="sort"
                        onClick={header.column.getToggleSortingHandler()}
                      >
                        {title}
                        <span aria-hidden="true" className="arrow">
                          {sorted === "asc" ? "↑" : sorted === "desc" ? "↓" : ""}
                        </span>
                      </button>
                    ) : (
                      title
                    )}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {before > 0 && <Filler height={before} />}
          {shown.map((row) => (
            <tr key={row.id}>
              {row.getVisibleCells().map((cell) => (
                <td key={cell.id} className={classOf(cell.column.columnDef.meta)}>
                  {flexRender(cell.column.columnDef.cell, cell.getContext())}
                </td>
              ))}
            </tr>
          ))}
          {after > 0 && <Filler height={after} />}
        </tbody>
      </table>
    </section>
  );
}

function Filler({ height }: { readonly height: number }): ReactNode {
  return (
    <tr>
      <td className="filler" style={{ height }} />
    </tr>
  );
}

function classOf(meta: { readonly numeric?: boolean } | undefined): string | undefined {
  return meta?.numeric === true ? "num" : undefined;
}
