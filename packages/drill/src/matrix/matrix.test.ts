import { formatDuration } from "@hotfire/base";
import { judge } from "@hotfire/judge";
import type { DrillResult } from "@hotfire/judge/result";
import { dledgerLeaderKill } from "@hotfire/judge/synthetic";
import { modes } from "@hotfire/topology";
import { describe, expect, it } from "vitest";
import { matrixCells } from "./cells.ts";
import { renderTable } from "./render-table.ts";
import { storedCells } from "./stored-cells.ts";

describe("the matrix", () => {
  it("has every mode, and every drill that applies to it", () => {
    const cells = matrixCells();
    expect(new Set(cells.map(({ mode }) => mode))).toEqual(new Set(modes));
    for (const { drill, mode } of cells) expect(drill.expect).toHaveProperty(mode);
  });

  it("can be narrowed", () => {
    const cells = matrixCells({ modes: ["dledger"], drills: ["writer-kill", "quorum-lost"] });
    expect(cells.map(({ drill }) => drill.name)).toEqual(["writer-kill", "quorum-lost"]);
    expect(() => matrixCells({ modes: ["dleger"] })).toThrow(/no mode "dleger"/);
  });
});

describe("the failover table", () => {
  it("shows what was measured, and what was not run", async () => {
    const { result } = await judge([dledgerLeaderKill()]);
    const named = storedAs(result, "writer-kill", "fast", 0);
    const cells = matrixCells({ modes: ["dledger"], drills: ["writer-kill", "packet-loss"] });
    const notRun = [{ drill: "packet-loss", mode: "dledger", reason: "no such | kernel" }];
    const table = renderTable({ results: [named], notRun, cells });
    expect(table).toContain("| fault | dledger (fast) |");
    expect(table).toMatch(/\| writer killed \| \d+ ms/);
    expect(table).toContain("| 5 % packet loss between replicas | not run |");
    expect(table).toContain("- packet-loss on dledger: no such \\| kernel");
    expect(table).toContain("1 drills: 1 pass, 0 fail, 0 unknown; 1 not run.");
    expect(table).toMatch(/\| dledger \(fast\) \| writer-kill \|.* ms \|/);
  });

  it("tells one interruption from its order, its proof and its first failure, and what other groups suffered", async () => {
    const { result } = await judge([dledgerLeaderKill()]);
    const cells = matrixCells({ modes: ["dledger"], drills: ["writer-kill"] });
    const detail = (one: DrillResult) => {
      const table = renderTable({ results: [storedAs(one, "writer-kill", "fast", 0)], notRun: [], cells });
      const lines = table
        .slice(table.indexOf("## dledger"))
        .split("\n")
        .filter((line) => line.startsWith("|"));
      const [header = [], , row = []] = lines.map((line) =>
        line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")),
      );
      return Object.fromEntries(header.map((name, index) => [`${index} ${name}`, row[index]]));
    };
    // Ordered at 8 s, in force 48 ms later; another broker answers 0.92 s after the order, and writes go there 20 ms sooner.
    const recovery = result.recoveries.find(({ group, verb }) => group === "broker-a" && verb === "send");
    expect(recovery?.rto).toBeGreaterThan(890_000);
    expect(detail(result)).toMatchObject({
      "2 from order": formatDuration(recovery?.rto ?? 0),
      "3 from proof": formatDuration((recovery?.rto ?? 0) - 48_000),
      "4 from failure": formatDuration(recovery?.fromFailure ?? 0),
      "5 while healed": "none",
      "8 others": "none",
      "9 lost": `0 of ${result.accounting.acknowledged.toLocaleString("en-US")}`,
    });
    const steadiness = (result.steadiness ?? []).map((one) =>
      one.group === "broker-b" && one.verb === "consume" && one.phase === "healing"
        ? { ...one, longest: 320_000, longestBound: 1_200_000 }
        : one,
    );
    expect(detail({ ...result, steadiness })).toMatchObject({ "8 others": "320 ms (reads; may 1.2 s)" });
    const unread = { ...result, accounting: { ...result.accounting, unverified: 3 }, steadiness: [] };
    expect(detail(unread)).toMatchObject({ "9 lost": "not known", "8 others": "no other group" });
    const stopped = result.recoveries.map((one) =>
      one === recovery ? { ...one, rto: undefined, atLeast: 9_000_000 } : { ...one, healing: 1_200_000 },
    );
    expect(detail({ ...result, recoveries: stopped })).toMatchObject({
      "1 write gap": "never back in 9 s",
      "2 from order": "",
      "5 while healed": "none",
    });
  });

  it("puts stored runs together, profiles side by side, and of each cell the newest", async () => {
    const { result } = await judge([dledgerLeaderKill()]);
    const runs = [
      storedAs(result, "writer-kill", "stock", 1),
      { ...storedAs(result, "writer-kill", "fast", 1), verdict: "fail" as const },
      storedAs(result, "writer-kill", "fast", 2),
      storedAs(result, "failover-series", "fast", 3),
    ];
    const stored = storedCells(runs);
    expect(stored.results.map(({ verdict }) => verdict)).toEqual(["pass", "pass"]);
    const table = renderTable(stored);
    expect(table).toContain("| fault | dledger (fast) | dledger (stock) |");
    expect(table).toMatch(/2 drills: 2 pass, 0 fail, 0 unknown; \d\d not run\./);
    expect(table).toContain("- packet-loss on dledger (stock): no run of it is stored");
  });
});

/** The same run as a stored one of that drill, so many minutes after the hour. */
function storedAs(result: DrillResult, drill: string, failover: string, minute: number): DrillResult {
  const cluster = { ...result.run.cluster, spec: { mode: "dledger", failover } };
  const clock = { origin: `2026-01-01T00:0${minute}:00.000Z` };
  return { ...result, run: { ...result.run, drill, cluster, clock } };
}
