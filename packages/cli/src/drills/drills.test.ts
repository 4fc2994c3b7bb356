import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { durationText } from "../actions/chaos.ts";
import { matrixExitCode } from "../actions/drill-matrix.ts";
import { exampleResult } from "../output/drill/example-result.ts";
import { openCommand } from "../output/open-in-browser.ts";
import { freeName } from "./choose-place.ts";
import { runCommand } from "./run-command.ts";
import { findRun, newRunFolder } from "./run-folders.ts";

describe("a run", () => {
  it("can be run again from its command, also with a seed that chance chose", () => {
    const command = runCommand(["drill", "run", "writer-kill"], {
      on: "my cluster.yaml",
      seed: 4711,
      limit: ["rto=2s", "availability=99%"],
      rate: 100,
      client: "java",
      clientSettings: "quick",
      workload: ["plain", "fifo"],
    });
    expect(command).toBe(
      "hotfire drill run writer-kill --on 'my cluster.yaml' --seed 4711 --limit rto=2s,availability=99% --rate 100 " +
        "--client java --client-settings quick --workload plain,fifo",
    );
    expect(runCommand(["drill", "run", "x"], { seed: 1 })).toBe("hotfire drill run x --seed 1");
  });

  it("has a folder of its own, by name and time", () => {
    const folder = newRunFolder("writer-kill", new Date("2026-01-31T12:34:56.789Z"));
    expect(folder).toBe(resolve("hotfire-runs/writer-kill-20260131T123456Z"));
  });

  it("takes a free name for its cluster", () => {
    expect(freeName("drill-x", ["blue"])).toBe("drill-x");
    expect(freeName("drill-x", ["drill-x", "drill-x-2"])).toBe("drill-x-3");
  });

  it("that is not there is said to be missing", async () => {
    await expect(findRun("no-such-run", "report.html")).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
  });

  it.each([
    [300_000, "5m"],
    [90_000, "90s"],
    [1500, "1500ms"],
  ])("of %i ms is told as %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

describe("a report", () => {
  it("is opened by what the desktop has", () => {
    expect(openCommand("darwin", {}, "/r.html")).toEqual(["open", "/r.html"]);
    expect(openCommand("win32", {}, "C:\\r.html")).toEqual(["cmd", "/c", "start", "", "C:\\r.html"]);
    expect(openCommand("linux", { DISPLAY: ":0" }, "/r.html")).toEqual(["xdg-open", "/r.html"]);
    expect(openCommand("linux", { WAYLAND_DISPLAY: "wayland-0" }, "/r.html")).toEqual([
      "xdg-open",
      "/r.html",
    ]);
    expect(openCommand("linux", {}, "/r.html")).toBeUndefined();
  });
});

describe("a matrix", () => {
  const results = (...verdicts: ("pass" | "fail" | "unknown")[]) => ({
    results: verdicts.map((verdict) => exampleResult({ verdict })),
  });

  it.each([
    [["pass", "pass"], 0],
    [["pass", "unknown", "fail"], 1],
    [["pass", "unknown"], 2],
    [[], 2],
  ] as const)("of %j exits with %i", (verdicts, code) => {
    expect(matrixExitCode(results(...verdicts))).toBe(code);
  });
});
