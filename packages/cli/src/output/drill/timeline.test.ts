import { describe, expect, it } from "vitest";
import { plainStyle, widthOf } from "../style.ts";
import { exampleEvents } from "./example-events.ts";
import { plainRun } from "./run-view.ts";
import { timelineLine } from "./timeline.ts";

describe("a run off a terminal", () => {
  it("is a line a phase, fault, role and verdict, and none a rate", () => {
    const lines: string[] = [];
    const onEvent = plainRun((line) => lines.push(line), plainStyle);
    onEvent({
      type: "engine",
      event: {
        type: "step-finished",
        step: "check",
        outcome: "done",
        summary: "fine",
        tookMs: 300,
        atMs: 300,
      },
    });
    for (const event of exampleEvents()) onEvent(event);
    onEvent({
      type: "verdict",
      at: 12_500_000,
      verdict: "pass",
      sentence: "Nothing was lost.",
      reasons: [],
      folder: "/runs/x",
    });
    expect(lines).toEqual([
      "             cluster  0.3 s  check: fine (0.3 s)",
      "             drill    writer-kill on drill-writer-kill (dledger), seed 4711, about 40 s",
      "             phase    prepare",
      "T+   0.01 s  phase    warm-up",
      "T+   0.01 s  phase    baseline",
      "T+   0.02 s  role     broker-a-0 is leader, term 2",
      "T+   0.02 s  role     broker-a-1 is follower, term 2",
      "T+   0.02 s  role     broker-a-2 is follower, term 2",
      "T+   0.02 s  role     broker-b-0 is leader, term 2",
      "T+   0.02 s  role     broker-b-1 is follower, term 2",
      "T+   0.02 s  role     broker-b-2 is follower, term 2",
      "T+   8.00 s  phase    fault",
      "T+   8.00 s  fault    kill broker-a:leader ordered",
      "T+   8.00 s  FAULT    kill broker-a:leader (broker-a-0): exited, code 137",
      "T+   8.00 s  role     broker-a-0 is unreachable",
      "T+  10.00 s  role     broker-a-1 is leader, term 3",
      "T+  12.50 s  verdict  pass. Nothing was lost.",
    ]);
  });

  it("does not let a proof drive the terminal or leave the line", () => {
    const event = {
      type: "note",
      at: 1_000_000,
      level: "warning",
      message: `\u001b[2J${"long ".repeat(40)}`,
    } as const;
    const line = timelineLine(event, plainStyle, 60) ?? "";
    expect(line).toMatch(/^T\+ {3}1\.00 s {2}warning {2}long .*…$/);
    expect(widthOf(line)).toBe(60);
  });
});
