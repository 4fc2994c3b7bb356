import { describe, expect, it } from "vitest";
import { renderTable } from "./table.ts";

interface Row {
  readonly name: string;
  readonly size: string;
  readonly note: string;
}

const columns = [
  { title: "NAME", value: (row: Row) => row.name },
  { title: "SIZE", value: (row: Row) => row.size, align: "right" },
  { title: "NOTE", value: (row: Row) => row.note },
] as const;

describe("a table", () => {
  it("is as wide as its widest cells and leaves empty columns out", () => {
    const rows = [
      { name: "namesrv-0", size: "9 MiB", note: "" },
      { name: "b", size: "512 MiB", note: "" },
    ];
    expect(renderTable(columns, rows)).toBe(
      ["NAME           SIZE", "namesrv-0     9 MiB", "b           512 MiB"].join("\n"),
    );
  });

  it("does not count colours as width", () => {
    const rows = [
      { name: "\u001b[32mok\u001b[39m", size: "1", note: "x" },
      { name: "fail", size: "1", note: "y" },
    ];
    const [, first = "", second = ""] = renderTable(columns, rows).split("\n");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colour is what is taken away
    expect(first.replace(/\u001b\[\d+m/g, "").indexOf("x")).toBe(second.indexOf("y"));
  });
});
