import type { EngineEvent } from "@hotfire/engine";
import { describe, expect, it } from "vitest";
import { renderProgress } from "./live-view.ts";
import { plainLine, plainLines } from "./plain-lines.ts";
import { applyEvent, noProgress } from "./progress-state.ts";
import { plainStyle, widthOf } from "./style.ts";

const events: EngineEvent[] = [
  { type: "step-started", step: "check", title: "Check the machine", atMs: 0 },
  {
    type: "step-finished",
    step: "check",
    outcome: "done",
    summary: "3.5 GiB of limits",
    tookMs: 300,
    atMs: 300,
  },
  { type: "step-started", step: "images", title: "Images", atMs: 300 },
  { type: "step-finished", step: "images", outcome: "skipped", summary: "up to date", tookMs: 2, atMs: 302 },
  { type: "node", node: "namesrv-0", state: "started", atMs: 900 },
  { type: "node", node: "broker-a-0", state: "registered", atMs: 2000 },
  { type: "note", level: "warning", message: "memory is short", hint: "free some", atMs: 2000 },
  { type: "step-started", step: "register", title: "Wait for the brokers to register", atMs: 2000 },
  {
    type: "step-progress",
    step: "register",
    message: "broker-a-1 is not registered at namesrv-0 \u001b[2J",
    done: 4,
    total: 6,
    atMs: 2500,
  },
];

describe("the live view", () => {
  const state = events.reduce(applyEvent, noProgress);

  it("has a line a step with its time, then nodes and notes", () => {
    const lines = renderProgress(state, 4000, 120, plainStyle).split("\n");
    expect(lines[0]).toMatch(/^✔ Check the machine +0\.3 s {2}3\.5 GiB of limits$/);
    expect(lines[1]).toMatch(/^– Images +0\.0 s {2}up to date$/);
    expect(lines[2]).toMatch(
      /^. Wait for the brokers to register +2\.0 s {2}4\/6 broker-a-1 is not registered at namesrv-0 $/,
    );
    expect(lines[3]).toMatch(/○ namesrv-0 started +● broker-a-0 registered/);
    expect(lines.slice(4)).toEqual(["! memory is short", "  free some"]);
  });

  it.each([20, 40, 60, 80])("is never wider than %i columns", (width) => {
    const lines = renderProgress(state, 4000, width, plainStyle).split("\n");
    // The head of a step (its title and time) is 45 columns and is not cut.
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(Math.max(width, 45));
  });

  it("marks a failed step with why", () => {
    const failed = applyEvent(state, {
      type: "step-finished",
      step: "register",
      outcome: "failed",
      summary: "broker-a-1 ended with exit code 253",
      tookMs: 5000,
      atMs: 7000,
    });
    expect(renderProgress(failed, 9000, 120, plainStyle).split("\n")[2]).toMatch(
      /^✖ .* 5\.0 s {2}broker-a-1 ended/,
    );
  });
});

describe("plain lines", () => {
  it("have no control characters and say when and what", () => {
    expect(events.flatMap((event) => plainLine(event) ?? [])).toEqual([
      "   0.3 s  check: 3.5 GiB of limits (0.3 s)",
      "   0.3 s  Images …",
      "   0.3 s  images: up to date (0.0 s)",
      "   2.0 s  warning: memory is short free some",
      "   2.5 s  register 4/6: broker-a-1 is not registered at namesrv-0 ",
    ]);
  });

  it("report progress once a second at most", () => {
    const lines: string[] = [];
    const write = plainLines((line) => lines.push(line));
    for (let atMs = 0; atMs < 3000; atMs += 100) {
      write({ type: "step-progress", step: "register", message: `at ${atMs}`, atMs });
    }
    expect(lines).toHaveLength(3);
  });
});
