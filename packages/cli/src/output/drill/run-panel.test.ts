import type { DrillEvent, PhaseName } from "@hotfire/drill";
import { describe, expect, it } from "vitest";
import { plainStyle, widthOf } from "../style.ts";
import { exampleEvents } from "./example-events.ts";
import { renderRun } from "./run-panel.ts";
import { applyDrillEvent, noRun, type RunState, timesOf } from "./run-state.ts";
import { renderWholeRun } from "./whole-run.ts";

function after(events: readonly DrillEvent[], from: RunState = noRun): RunState {
  // The view's clock runs with the run's.
  return events.reduce((state, event) => {
    const at = event.type === "engine" ? 0 : event.at / 1000;
    return applyDrillEvent(state, event, at);
  }, from);
}

describe("the picture of a running drill", () => {
  const state = after(exampleEvents());
  const lines = renderRun(state, 12_000, 120, plainStyle).split("\n");

  it("says which drill runs where, how long it has taken and how long it will", () => {
    expect(lines.slice(0, 5)).toEqual([
      "",
      "writer-kill  on drill-writer-kill (dledger), seed 4711",
      "The broker that takes writes is killed, and started again",
      `${"━".repeat(18)}${"─".repeat(42)}  0:12, about 0:27 left`,
      "✔ prepare   ✔ warm-up   ✔ baseline   ● fault   ○ recovery   ○ settle   ○ drain   ○ read-back   ○ judge   ○ restore",
    ]);
  });

  it("shows the fault in force, the gap of its group and the other group going on", () => {
    const text = lines.slice(5).join("\n");
    expect(text).toContain(" ↯ FAULT  kill broker-a:leader (broker-a-0) in force for 4.0 s");
    expect(text).toMatch(/broker-a {2}write +▆+×{8}▆{8} {2}300 acked\/s {2}0 failed\/s {2}0 in doubt\/s/);
    expect(text).toMatch(/ read +▆+·{8}▆{8} {2}300 read\/s/);
    expect(text).toContain(
      "✖ broker-a-0 unreachable ↯   ● broker-a-1 leader   ○ broker-a-2 follower   term 3",
    );
    expect(text).toMatch(/broker-b {2}write +▆{48} /);
    expect(text).toMatch(/\n +fault +↯━{15}$/);
  });

  it.each([40, 60, 80, 120, 200])("is never wider than %i columns", (width) => {
    for (let nowMs = 0; nowMs < 60_000; nowMs += 7000) {
      for (const line of renderRun(state, nowMs, width, plainStyle).split("\n")) {
        expect(widthOf(line), line).toBeLessThanOrEqual(width);
      }
    }
  });

  it("names the phases as far as the terminal has room", () => {
    const at = (width: number) => renderRun(state, 0, width, plainStyle).split("\n")[4];
    expect(at(80)).toBe("prepare warm-up baseline ● fault recovery settle drain read-back judge restore");
    expect(at(60)).toBe("✔ ✔ ✔ ● ○ ○ ○ ○ ○ ○  fault");
  });

  it("expects the end later when a phase took longer than it should", () => {
    const phase = (at: number, name: PhaseName, expectedMs: number) =>
      ({ type: "phase", at: at * 1_000_000, name, expectedMs }) as const;
    const [drill] = exampleEvents();
    const slow = after(
      // 5 s too long in all: warm-up 3, the steps 2.
      [
        phase(0, "warm-up", 3000),
        phase(6, "fault", 10_000),
        phase(11, "recovery", 7000),
        phase(18, "settle", 5000),
      ],
      drill === undefined ? noRun : after([drill]),
    );
    expect(timesOf(slow, 18_000)).toEqual({ elapsedMs: 18_000, leftMs: 40_000 + 5000 - 18_000 });
  });

  it("never claims to be over before it is", () => {
    expect(renderRun(state, 90_000, 80, plainStyle)).toMatch(/━+─ {2}1:30, any moment now/);
  });

  it("drops the fault when it is healed", () => {
    const healed = after(
      [
        {
          type: "fault",
          at: 13_000_000,
          state: "healed",
          id: "kill",
          kind: "kill",
          target: "broker-a:leader",
          nodes: ["broker-a-0"],
          seen: "running",
        },
      ],
      state,
    );
    expect(renderRun(healed, 13_000, 120, plainStyle)).not.toContain("FAULT");
  });

  it("shows the cluster coming up before anything else is known", () => {
    const head = { drill: "a", title: "b", cluster: "c", mode: "dledger", seed: 1 };
    const early = after(
      [{ type: "engine", event: { type: "step-started", step: "check", title: "Check", atMs: 0 } }],
      { ...noRun, head },
    );
    expect(renderRun(early, 2000, 80, plainStyle)).toMatch(/Check +2\.0 s/);
  });
});

describe("what is left of a run on the screen", () => {
  const state = after(exampleEvents());

  it.each([40, 60, 80, 200])("is the whole of it over a time axis, in %i columns", (width) => {
    const lines = renderWholeRun(state, width, plainStyle).split("\n");
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/^broker-a {2}write ▆+×+▆+$/);
    expect(lines[4]).toMatch(/^ +fault +↯━+$/);
    expect(lines[5]).toMatch(/^ +0 s +\d+ s/);
  });

  it("is nothing when nothing was sent", () => {
    expect(renderWholeRun(noRun, 80, plainStyle)).toBe("");
  });
});
