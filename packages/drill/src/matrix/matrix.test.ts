import { modes } from "@hotfire/topology";
import { describe, expect, it } from "vitest";
import { judge } from "../judge/judge.ts";
import { dledgerLeaderKill } from "../synthetic/scenarios.ts";
import { matrixCells } from "./cells.ts";
import { renderTable } from "./render-table.ts";

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
    const named = { ...result, run: { ...result.run, drill: "writer-kill" } };
    const cells = matrixCells({ modes: ["dledger"], drills: ["writer-kill", "packet-loss"] });
    const notRun = [{ drill: "packet-loss", mode: "dledger", reason: "no such | kernel" }];
    const table = renderTable({ results: [named], notRun, cells });
    expect(table).toContain("| fault | dledger |");
    expect(table).toMatch(/\| writer killed \| \d+ ms/);
    expect(table).toContain("| 5 % packet loss between replicas | not run |");
    expect(table).toContain("- packet-loss on dledger: no such \\| kernel");
    expect(table).toContain("1 drills: 1 pass, 0 fail, 0 unknown; 1 not run.");
  });
});
