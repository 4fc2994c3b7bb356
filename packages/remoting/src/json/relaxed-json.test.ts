import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RemotingError } from "../errors/remoting-error.ts";
import { thrownBy } from "../testing/failure.ts";
import { parseRelaxedJson, type RelaxedJson } from "./relaxed-json.ts";

describe("what RocketMQ writes", () => {
  test("bare number keys", () => {
    expect(parseRelaxedJson('{"brokerAddrs":{0:"10.0.0.1:10911",-1:"x"}}')).toEqual({
      brokerAddrs: { "0": "10.0.0.1:10911", "-1": "x" },
    });
  });

  test("objects as keys", () => {
    const text =
      '{"offsetTable":{{"brokerName":"broker-a","queueId":0,"topic":"T"}:{"maxOffset":3,"minOffset":0}}}';
    expect(parseRelaxedJson(text)).toEqual({
      offsetTable: new Map([
        [
          { brokerName: "broker-a", queueId: 0, topic: "T" },
          { maxOffset: 3, minOffset: 0 },
        ],
      ]),
    });
  });

  test("64-bit integers keep every digit, as values and as keys", () => {
    expect(
      parseRelaxedJson('{"end":9223372036854775807,"low":-9223372036854775808,9223372036854775807:1}'),
    ).toEqual({
      end: 9223372036854775807n,
      low: -9223372036854775808n,
      "9223372036854775807": 1,
    });
    expect(parseRelaxedJson("9007199254740991")).toBe(9007199254740991);
    expect(parseRelaxedJson("9007199254740992")).toBe(9007199254740992n);
  });

  test("a field called __proto__ is a field", () => {
    const value = parseRelaxedJson('{"__proto__":{"polluted":true}}');
    expect(Object.keys(value ?? {})).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

/** Writes as fastjson does: keys that are numbers bare, keys that are objects whole. */
function write(value: RelaxedJson): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(write).join(" , ")}]`;
  if (value instanceof Map)
    return `{${[...value].map(([key, item]) => `${write(key)}:${write(item)}`).join(",")}}`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, item]) => {
    const bare = /^(?:0|-?[1-9]\d*)$/.test(key) ? key : JSON.stringify(key);
    return `${bare}\n:\t${write(item)}`;
  });
  return `{ ${members.join(",")} }`;
}

const key = fc.oneof(fc.string(), fc.integer().map(String)).filter((text) => text !== "__proto__");
const relaxed = fc.letrec<{ value: RelaxedJson; object: { [key: string]: RelaxedJson } }>((tie) => ({
  object: fc.dictionary(key, tie("value"), { maxKeys: 4 }),
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.string({ unit: "binary" }),
    fc
      .double({ noDefaultInfinity: true, noNaN: true })
      // Whole numbers beyond 2^53 are read as bigint, and there is no minus zero among the integers.
      .filter(
        (number) => !Object.is(number, -0) && (Number.isSafeInteger(number) || !Number.isInteger(number)),
      ),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("object"),
    fc
      .array(fc.tuple(tie("object"), tie("value")), { minLength: 1, maxLength: 3 })
      .map((entries) => new Map(entries)),
  ),
})).value;

describe("any text", () => {
  test("that JSON.stringify wrote is read as JSON.parse reads it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        // Numbers beyond 2^53 without a fraction are where this parser is exact and JSON.parse is not.
        fc.pre(!/\d{16}/.test(text));
        expect(parseRelaxedJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("that fastjson would write comes out as it went in", () => {
    fc.assert(
      fc.property(relaxed, (value) => {
        fc.pre(!/e\+/.test(write(value)));
        expect(normal(parseRelaxedJson(write(value)))).toEqual(normal(value));
      }),
    );
  });

  test("cut anywhere, or altered in one place, is a value or JSON_INVALID", () => {
    fc.assert(
      fc.property(relaxed, fc.nat(), fc.string({ maxLength: 1 }), (value, place, char) => {
        const text = write(value);
        const at = place % (text.length + 1);
        for (const broken of [text.slice(0, at), text.slice(0, at) + char + text.slice(at + 1)]) {
          try {
            parseRelaxedJson(broken);
          } catch (error) {
            expect(error).toBeInstanceOf(RemotingError);
          }
        }
      }),
    );
  });

  test.each([
    "",
    " ",
    "{",
    "[1,]",
    '{"a"}',
    '{"a":1,}',
    "tru",
    "nul",
    "01x",
    "-",
    '"a',
    '"\\x"',
    '"\\u12g4"',
    "1 2",
    "}",
  ])("is refused with its place: %j", (text) => {
    const error = thrownBy(() => parseRelaxedJson(text));
    expect(error.code).toBe("JSON_INVALID");
    expect(error.message).toContain("character");
  });
});

// Two keys may be equal once they are text; the later one stands, in whatever order the test compares.
function normal(value: RelaxedJson): unknown {
  if (Array.isArray(value)) return value.map(normal);
  if (value instanceof Map) return [...value].map(([key, item]) => [normal(key), normal(item)]);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normal(item)]));
}

describe("hostile text", () => {
  test("nested without end is refused, not a stack overflow", () => {
    for (const open of ["[", '{"a":', "{{"]) {
      expect(thrownBy(() => parseRelaxedJson(open.repeat(1_000_000))).code).toBe("JSON_INVALID");
    }
  });

  test.each([
    ["digits", "9".repeat(1_000_000)],
    ["escapes", `"${'\\"'.repeat(500_000)}`],
    ["blanks", " ".repeat(1_000_000)],
    ["members", `{${"0:1,".repeat(200_000)}`],
    ["minus signs", `[${"-".repeat(1_000_000)}`],
  ])("of many %s is refused in time linear in its length", (_, text) => {
    const before = process.cpuUsage();
    expect(thrownBy(() => parseRelaxedJson(text)).code).toBe("JSON_INVALID");
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3_000);
  });
});
