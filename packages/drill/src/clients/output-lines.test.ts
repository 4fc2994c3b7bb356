import { describe, expect, it } from "vitest";
import { OutputLines } from "./output-lines.ts";

function reader() {
  const lines: string[] = [];
  const output = new OutputLines((line) => lines.push(line));
  const add = (stream: "stdout" | "stderr", text: string | Buffer) =>
    output.add({ stream, data: Buffer.from(text) });
  return { lines, output, add };
}

describe("a program's output", () => {
  it("comes in whole lines, wherever it was cut", () => {
    const { lines, add } = reader();
    const bytes = Buffer.from('{"a":"ü"}\n{"b":1}\r\n\n{"c"');
    for (const byte of bytes) add("stdout", Buffer.from([byte]));
    expect(lines).toEqual(['{"a":"ü"}', '{"b":1}']);
    add("stdout", ":2}\n");
    expect(lines.at(-1)).toBe('{"c":2}');
  });

  it("keeps the last words of stderr apart, an unfinished line too", () => {
    const { lines, output, add } = reader();
    for (let line = 0; line < 100; line += 1) add("stderr", `line ${line}\n`);
    add("stderr", "killed");
    expect(lines).toEqual([]);
    expect(output.tail).toHaveLength(21);
    expect(output.tail.slice(-2)).toEqual(["line 99", "killed"]);
  });

  it("keeps reasons rather than stack frames", () => {
    const { output, add } = reader();
    add("stderr", "MQClientException: no route\n\tat io.hotfire.Drill.main(Drill.java:1)\n\t... 4 more\n");
    add("stderr", "Error: boom\n    at node:internal:1\n");
    expect(output.tail).toEqual(["MQClientException: no route", "Error: boom"]);
  });

  it("does not grow with a line that never ends", () => {
    const { lines, add } = reader();
    for (let piece = 0; piece < 100; piece += 1) add("stdout", "x".repeat(64 * 1024));
    add("stdout", "\n");
    expect(lines[0]?.length).toBeLessThan(512 * 1024);
  });
});
