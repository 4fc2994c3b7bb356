import type { DrillResult } from "../result/result-schema.ts";
import { type Html, html } from "./html.ts";
import { type Axis, lane, spanLabel, toMs } from "./lanes.ts";

/** One lane a fault: in force, then being healed. */
export function faultLanes(axis: Axis, result: DrillResult): Html[] {
  return result.faults.flatMap((fault) => {
    if (fault.injected === undefined) return [];
    const begin = toMs(fault.injected.begin);
    const healBegin = fault.healed === undefined ? axis.whole.to : toMs(fault.healed.begin);
    const healEnd = fault.healed === undefined ? axis.whole.to : toMs(fault.healed.end);
    const on = fault.nodes.length === 0 ? fault.target : fault.nodes.join(", ");
    const drawing = [
      html`<rect class="fault-force" x="${begin}" y="2" width="${Math.max(0, healBegin - begin)}" height="20"/>`,
      html`<rect class="fault-heal" x="${healBegin}" y="2" width="${Math.max(0, healEnd - healBegin)}" height="20"/>`,
    ];
    const overlay = [
      spanLabel(begin, healBegin, "fault-text", `${fault.kind} ${on}`),
      fault.healed === undefined
        ? spanLabel(healBegin, healEnd, "heal-text", "never healed")
        : spanLabel(healBegin, healEnd, "heal-text", "healing"),
    ];
    const title = `Fault ${fault.kind} on ${fault.target}, from ${begin} ms to ${healEnd} ms`;
    return [
      lane(axis, { label: "Fault", note: fault.target, height: 24, title, drawing, overlay, kind: "fault" }),
    ];
  });
}
