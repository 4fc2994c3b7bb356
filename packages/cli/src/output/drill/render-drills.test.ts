import { catalogue, findDrill } from "@hotfire/drill";
import { describe, expect, it } from "vitest";
import { plainStyle, widthOf } from "../style.ts";
import { renderDrill, renderDrills } from "./render-drills.ts";

describe("the list of drills", () => {
  it("has every drill, a line each off a terminal", () => {
    const lines = renderDrills(catalogue, plainStyle).split("\n");
    expect(lines[0]).toMatch(/^DRILL +WHAT HAPPENS +MODES +CLAIM$/);
    expect(lines.slice(1).map((line) => line.split(" ")[0])).toEqual(catalogue.map(({ name }) => name));
  });

  it.each([80, 120])("fits %i columns", (width) => {
    for (const line of renderDrills(catalogue, plainStyle, width).split("\n")) {
      expect(widthOf(line), line).toBeLessThanOrEqual(width);
    }
  });

  it("tells one drill with every claim about it, its own preset's first", () => {
    const drill = findDrill("writer-kill");
    const text = renderDrill(drill, plainStyle);
    const [head = "", , about, , , first] = text.split("\n");
    expect(head).toBe(`writer-kill  ${drill.title}`);
    expect(about).toBe(drill.about);
    expect(first).toMatch(/^dledger /);
    for (const [mode, { claim }] of Object.entries(drill.expect)) {
      expect(text).toContain(mode);
      expect(text).toContain(claim);
    }
  });
});
