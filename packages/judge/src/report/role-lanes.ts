import type { RoleLane, RoleSpan } from "../series/series.ts";
import { type Html, html } from "./html.ts";
import { type Axis, lane, spanLabel, toMs } from "./lanes.ts";

const classes: Readonly<Record<RoleSpan["role"], string>> = {
  leader: "role-first",
  master: "role-first",
  follower: "role-second",
  slave: "role-second",
  candidate: "role-candidate",
  starting: "role-candidate",
  unreachable: "role-gone",
};

/** Who was what, a lane for each broker of the group. */
export function roleLanes(axis: Axis, lanes: readonly RoleLane[]): Html[] {
  return lanes.map(({ node, spans }) => {
    const drawing = spans.map(
      (span) =>
        html`<rect class="${classes[span.role]}" x="${toMs(span.from)}" y="1" width="${toMs(span.to - span.from)}" height="18"/>`,
    );
    const overlay = spans.map((span) => {
      const term = span.term === undefined || span.role === "unreachable" ? "" : `, term ${span.term}`;
      return spanLabel(toMs(span.from), toMs(span.to), classes[span.role], `${span.role}${term}`);
    });
    const title = `${node}: ${spans.map((span) => `${span.role} from ${toMs(span.from)} ms`).join(", ")}`;
    return lane(axis, { label: node, height: 20, title, drawing, overlay, kind: "role" });
  });
}
