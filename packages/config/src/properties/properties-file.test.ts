import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseProperties } from "./parse-properties.ts";
import { rocketmqConf } from "./rocketmq-conf.ts";

const pairs = (text: string) => parseProperties(text).entries.map(({ key, value }) => [key, value]);

describe("properties are read as Java reads them", () => {
  // What java.util.Properties of JDK 17 made of each.
  test.each([
    [
      "a=1\nb: 2\r\nc 3\rd",
      [
        ["a", "1"],
        ["b", "2"],
        ["c", "3"],
        ["d", ""],
      ],
    ],
    ["# no\n  ! no \\\na = b = c ", [["a", "b = c "]]],
    ["a\\ b\\:c\\=d=e", [["a b:c=d", "e"]]],
    ["a=one\\\n   two\\\r\n\\\n\tthree", [["a", "onetwothree"]]],
    ["a\\\n  b=c", [["ab", "c"]]],
    ["a = \\\n  = b", [["a", "= b"]]],
    ["a \\\n = b", [["a", "b"]]],
    ["\\u0061=\\u00e4\\q\\t", [["a", "\u00e4q\t"]]],
    [
      "=x\n:y",
      [
        ["", "x"],
        ["", "y"],
      ],
    ],
    ["a=\\", [["a", ""]]],
    ["\\\n\\\na=b", [["a", "b"]]],
    [
      "\\\n# c\na=b\n\\",
      [
        ["a", "b"],
        ["", ""],
      ],
    ],
    [
      "a=b\\\n# c\nd=e",
      [
        ["a", "b# c"],
        ["d", "e"],
      ],
    ],
  ])("%j", (text, expected) => {
    expect(pairs(text)).toEqual(expected);
  });

  test("positions are those of key and value", () => {
    const [first, second] = parseProperties("\n  a = b\nlong\\\n  er=\\\n v").entries;
    expect(first).toMatchObject({ keyAt: { line: 2, column: 3 }, valueAt: { line: 2, column: 7 }, end: 8 });
    expect(second).toMatchObject({
      key: "longer",
      value: "v",
      keyAt: { line: 3, column: 1 },
      valueAt: { line: 5, column: 2 },
    });
  });

  test("a broken \\u escape is found", () => {
    expect(parseProperties("a=1\nb=\\u12x4").badEscapes).toMatchObject([{ line: 2, column: 3 }]);
  });

  test("what Hotfire writes is read back", () => {
    const properties = fc.dictionary(
      fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_.-]*$/),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(properties, (given) => {
        expect(pairs(rocketmqConf({ kind: "broker", properties: given }))).toEqual(Object.entries(given));
      }),
    );
  });

  test("any bytes are read, and every position lies in the text", () => {
    const hostile = fc.string({
      unit: fc.constantFrom("\\", "\n", "\r", " ", "=", ":", "#", "u", "0", "\0", "\xff", "a"),
    });
    fc.assert(
      fc.property(hostile, (text) => {
        for (const { keyAt, valueAt, end } of parseProperties(text).entries) {
          expect(keyAt.offset).toBeLessThanOrEqual(valueAt.offset);
          expect(valueAt.offset).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(keyAt.line).toBe(text.slice(0, keyAt.offset).split(/\r\n|\r|\n/).length);
        }
      }),
    );
  });
});
