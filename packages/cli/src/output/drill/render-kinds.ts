import { formatCount, formatDuration } from "@hotfire/base";
import type { DrillResult } from "@hotfire/judge/result";
import type { Style } from "../style.ts";
import { renderWrappedTable } from "../wrapped-table.ts";

type Kinds = NonNullable<DrillResult["kinds"]>;

/** What became of each kind of the load besides the plain one. */
export function renderKinds(kinds: Kinds, style: Style, width?: number): string {
  const time = (value: number | undefined) => (value === undefined ? "–" : formatDuration(value));
  return renderWrappedTable(
    [
      { title: "KIND", value: ({ kind }) => kind },
      { title: "SENT", value: ({ sent }) => formatCount(sent) },
      { title: "ACKNOWLEDGED", value: ({ acknowledged }) => formatCount(acknowledged) },
      { title: "IN DOUBT", value: ({ inDoubt }) => formatCount(inDoubt) },
      { title: "DELIVERED", value: ({ delivered }) => formatCount(delivered) },
      { title: "WRITE GAP", value: ({ longestGap }) => time(longestGap) },
      {
        title: "LATE (99 %, LONGEST)",
        value: ({ lateness }) =>
          lateness === undefined ? "–" : `${time(lateness.p99)}, ${time(lateness.max)}`,
      },
      {
        title: "BESIDES",
        value: ({ figures }) =>
          Object.entries(figures)
            .map(([name, value]) => `${name}: ${formatCount(value)}`)
            .join(", "),
      },
    ],
    kinds,
    style,
    width,
  );
}
