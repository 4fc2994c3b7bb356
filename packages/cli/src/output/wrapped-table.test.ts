import { describe, expect, it } from "vitest";
import { widthOf } from "./style.ts";
import { wrap } from "./wrap.ts";
import { renderWrappedTable } from "./wrapped-table.ts";

describe("wrapping", () => {
  it("breaks between words and keeps a long word whole", () => {
    expect(wrap("a few short words", 9)).toEqual(["a few", "short", "words"]);
    expect(wrap("a extraordinarily b", 6)).toEqual(["a", "extraordinarily", "b"]);
    expect(wrap("", 10)).toEqual([""]);
  });
});

const columns = [
  { title: "NAME", value: (row: { name: string; text: string }) => row.name },
  { title: "TEXT", value: (row: { name: string; text: string }) => row.text },
];
const rows = [
  { name: "one", text: "a text of several words that is long" },
  { name: "two", text: "short" },
];

describe("a table with long texts", () => {
  it("is as wide as its cells where there is room", () => {
    expect(renderWrappedTable(columns, rows).split("\n")).toEqual([
      "NAME   TEXT",
      "one    a text of several words that is long",
      "two    short",
    ]);
  });

  it("takes room from the widest column on a narrow terminal", () => {
    const lines = renderWrappedTable(columns, rows, undefined, 27).split("\n");
    expect(lines).toEqual([
      "NAME   TEXT",
      "one    a text of several",
      "       words that is long",
      "two    short",
    ]);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(27);
  });
});
