import { type PhaseName, phases } from "@hotfire/drill";
import { renderProgress } from "../live-view.ts";
import { clip, type Style, widthOf } from "../style.ts";
import { type Bin, lastSecond, rateOf } from "./load.ts";
import { type BrokerState, type FaultState, loadEnd, type RunState, timesOf } from "./run-state.ts";
import { faultLane, readSparkline, type Span, writeSparkline } from "./sparkline.ts";
import { describeFault, roleStyle } from "./timeline.ts";

const usualBins = 60;
/** From here on figures stand beside the lines, not below them. */
const wide = 110;
const smallest = 12;

/** The picture of a running drill at one moment; no line is wider than the terminal. */
export function renderRun(state: RunState, nowMs: number, width: number, style: Style): string {
  const head = [...headLines(state, width, style), timeLine(state, nowMs, width, style)];
  return [...head, ...bodyLines(state, nowMs, width, style)].join("\n");
}

/** Phases, the cluster coming up, faults in force, and the load with the brokers under it. */
export function bodyLines(state: RunState, nowMs: number, width: number, style: Style): string[] {
  const lines = phaseLines(state, width, style);
  if (state.engine.steps.length > 0) {
    lines.push("", renderProgress(state.engine, nowMs - state.engineStartedMs, width, style));
  }
  lines.push(...faultLines(state.faults, nowMs, width, style));
  if (state.ratesAt > 0) lines.push("", ...loadLines(state, width, style));
  return lines;
}

/** Which drill, where; nothing in it changes, so that only what is below is drawn again. */
export function headLines({ head }: RunState, width: number, style: Style): string[] {
  if (head === undefined) return [];
  const rest = `  on ${head.cluster} (${head.mode}), seed ${head.seed}`;
  return [
    "",
    `${style.bold(head.drill)}${style.dim(clip(rest, width - head.drill.length))}`,
    clip(head.title, width),
  ];
}

function timeLine(state: RunState, nowMs: number, width: number, style: Style): string {
  const { elapsedMs, leftMs } = timesOf(state, nowMs);
  const left =
    leftMs === undefined ? "" : leftMs < 500 ? ", any moment now" : `, about ${formatClock(leftMs)} left`;
  const text = `  ${formatClock(elapsedMs)}${left}`;
  const room = Math.max(smallest, Math.min(60, width - 24));
  const share = leftMs === undefined ? 0 : elapsedMs / Math.max(1, elapsedMs + leftMs);
  // Full only when it is over.
  const done = Math.min(room - 1, Math.floor(share * room));
  return `${style.accent("━".repeat(done))}${style.dim("─".repeat(room - done))}${text}`;
}

/** `0:42`, `12:05`. */
export function formatClock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** All phases in a row, marked where there is room; on a narrow terminal marks alone, and the name of the current one. */
function phaseLines(state: RunState, width: number, style: Style): string[] {
  const current = state.phases.at(-1)?.name;
  if (current === undefined) return [];
  const position = phases.indexOf(current);
  const seen = new Set(state.phases.map(({ name }) => name));
  const mark = (name: PhaseName, index: number) => {
    if (name === current) return style.accent("●");
    return seen.has(name) && index < position ? style.good("✔") : style.dim("○");
  };
  const named = phases.map((name, index) => {
    const text = name === current ? style.bold(name) : index < position ? name : style.dim(name);
    return `${mark(name, index)} ${text}`;
  });
  const bare = phases.map((name, index) => {
    if (name === current) return `${mark(name, index)} ${style.bold(name)}`;
    return index < position ? style.good(name) : style.dim(name);
  });
  for (const line of [named.join("   "), named.join("  "), bare.join("  "), bare.join(" ")]) {
    if (widthOf(line) <= width) return [line];
  }
  return [`${phases.map(mark).join(" ")}  ${style.bold(current)}`];
}

function faultLines(faults: readonly FaultState[], nowMs: number, width: number, style: Style): string[] {
  const inForce = faults.filter(({ to }) => to === undefined);
  return inForce.map((fault) => {
    const since = ` in force for ${((nowMs - fault.seenMs) / 1000).toFixed(1)} s`;
    const what = clip(describeFault(fault), width - since.length - 10);
    return `${style.alarm(" ↯ FAULT ")} ${style.bold(what)}${style.bad(since)}`;
  });
}

/** Every group's writes and reads, its brokers, and when faults were in force. */
function loadLines(state: RunState, width: number, style: Style): string[] {
  const label = labelWidth(state);
  const isWide = width >= wide;
  const beside = isWide ? 44 : 9;
  const bins = Math.max(smallest, Math.min(Math.max(usualBins, width - 100), width - label - 6 - beside));
  const lines: string[] = [];
  for (const [group, load] of state.loads) {
    const shown = load.recent.slice(-bins);
    const now = lastSecond(load.recent);
    const pad = " ".repeat(Math.max(0, bins - shown.length));
    const row = (name: string, kind: string, line: string, figures: string) =>
      `${style.bold(name.padEnd(label))}${style.dim(kind)} ${pad}${line}  ${figures}`;
    const sent = isWide ? sentText(now, style) : figure(now, "acknowledged", "/s", style.good, 7);
    const read = isWide
      ? figure(now, "consumed", " read/s", style.accent)
      : figure(now, "consumed", "/s", style.accent, 7);
    lines.push(row(group, "write", writeSparkline(shown, style, loadEnd(state)), sent));
    lines.push(row("", "read ", readSparkline(shown, style, loadEnd(state)), read));
    if (!isWide) lines.push(`${" ".repeat(label)}${troubleText(now, style)}`);
    lines.push(...brokerLines(group, state, label, width, style));
  }
  const shown = [...state.loads.values()][0]?.recent.slice(-bins) ?? [];
  const lane = faultLane(shown, spansOf(state.faults), style);
  if (lane !== "") {
    lines.push(`${" ".repeat(label)}${style.dim("fault")} ${" ".repeat(bins - shown.length)}${lane}`);
  }
  return lines;
}

export function spansOf(faults: readonly FaultState[]): Span[] {
  return faults.map(({ from, to }) => ({ from, to }));
}

export function labelWidth(state: RunState): number {
  return Math.max(8, ...[...state.loads.keys()].map((name) => name.length)) + 2;
}

function figure(
  bin: Bin | undefined,
  key: "acknowledged" | "failed" | "inDoubt" | "consumed",
  unit: string,
  paint: (text: string) => string,
  width = 0,
): string {
  const value = bin === undefined ? 0 : Math.round(rateOf(bin, key));
  return paint(`${value}${unit}`.padStart(width));
}

function sentText(bin: Bin | undefined, style: Style): string {
  const acknowledged = figure(bin, "acknowledged", " acked/s", style.good);
  return `${acknowledged}  ${troubleText(bin, style)}`;
}

function troubleText(bin: Bin | undefined, style: Style): string {
  const paint = (key: "failed" | "inDoubt", loud: (text: string) => string) =>
    bin !== undefined && bin[key] > 0 ? loud : style.dim;
  const failed = figure(bin, "failed", " failed/s", paint("failed", style.bad));
  return `${failed}  ${figure(bin, "inDoubt", " in doubt/s", paint("inDoubt", style.warn))}`;
}

/** `● broker-a-0 leader  ○ broker-a-1 follower  term 3`, in as many lines as it needs. */
function brokerLines(group: string, state: RunState, indent: number, width: number, style: Style): string[] {
  const brokers = [...state.brokers].filter(([, broker]) => broker.group === group);
  const hit = new Set(state.faults.flatMap(({ to, nodes }) => (to === undefined ? nodes : [])));
  const cells = brokers
    .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .map(([node, { role }]) => {
      const fault = hit.has(node) ? ` ${style.alarm("↯")}` : "";
      return `${roleStyle(role, style)(roleMark(role))} ${node} ${roleStyle(role, style)(role)}${fault}`;
    });
  const terms = brokers.flatMap(([, { term }]) => term ?? []);
  if (terms.length > 0) cells.push(style.dim(`term ${Math.max(...terms)}`));
  const lines: string[] = [];
  for (const cell of cells) {
    const last = lines.at(-1);
    const joined = last === undefined ? undefined : `${last}   ${cell}`;
    if (joined !== undefined && widthOf(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(clip(`${" ".repeat(indent)}${cell}`, width));
  }
  return lines;
}

function roleMark(role: BrokerState["role"]): string {
  if (role === "leader" || role === "master") return "●";
  if (role === "follower" || role === "slave") return "○";
  return role === "unreachable" ? "✖" : "◌";
}
