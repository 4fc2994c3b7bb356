import { describe, expect, test } from "vitest";
import type { StoredRecord } from "../history/record.ts";
import { judge } from "../judgement/judge.ts";
import { history, range, readBack, send } from "../synthetic/build.ts";

async function result(records: readonly StoredRecord[]) {
  return (await judge([records])).result;
}

describe("replicas", () => {
  const sends = range(600).map((sequence) => send(sequence));
  const slave = { node: "broker-a-1", authoritative: false };

  test("equal copies are equal", async () => {
    const { replicas } = await result(history(sends, readBack(range(600)), readBack(range(600), slave)));
    expect(replicas).toMatchObject({ compared: 1, different: 0 });
  });

  test("a slave that is behind has other offsets", async () => {
    const { replicas } = await result(history(sends, readBack(range(600)), readBack(range(590), slave)));
    expect(replicas.telling).toMatchObject([
      { kind: "offsets", node: "broker-a-1", reference: "broker-a-0" },
    ]);
  });

  test("one swapped message is found, and about where", async () => {
    const swapped = range(600).map((sequence) =>
      sequence === 300 ? 301 : sequence === 301 ? 300 : sequence,
    );
    const { replicas } = await result(history(sends, readBack(range(600)), readBack(swapped, slave)));
    expect(replicas.telling[0]).toMatchObject({
      kind: "contents",
      detail: expect.stringContaining("256 to 511"),
    });
  });

  test("another body under the same sequence is found", async () => {
    const other = readBack(range(600), slave).map((record): StoredRecord => {
      if (record.type !== "read-back") return record;
      return {
        ...record,
        messages: record.messages.map(([offset, sequence, crc]) => [
          offset,
          sequence,
          crc ^ (offset === 7 ? 1 : 0),
        ]),
      };
    });
    expect((await result(history(sends, readBack(range(600)), other))).replicas.different).toBe(1);
  });

  test("a replica that could not be read proves nothing", async () => {
    const [rows] = readBack(range(600), slave);
    if (rows === undefined) throw new Error("no rows");
    const { checks } = await result(history(sends, readBack(range(600)), [rows]));
    expect(checks.find((check) => check.check === "replicas-equal")?.status).toBe("unknown");
  });
});

describe("roles", () => {
  const role = (at: number, node: string, term: number): StoredRecord => ({
    type: "role",
    at,
    group: "broker-a",
    node,
    role: "leader",
    term,
    source: "self",
  });
  const by = (node: string, from: number, to: number) =>
    range(to - from, from).map((one) => send(one, { broker: node }));

  test("a takeover in a newer term is as it should be", async () => {
    const seen = [role(0, "broker-a-0", 1), role(10_000, "broker-a-1", 2)];
    const { roles } = await result(history(seen, by("broker-a-0", 0, 10), by("broker-a-1", 10, 20)));
    expect(roles).toMatchObject({ violations: [], changes: { "broker-a": 1 } });
  });

  test("the old leader acknowledges after it wakes", async () => {
    const seen = [role(0, "broker-a-0", 1), role(10_000, "broker-a-1", 2)];
    const sends = [...by("broker-a-0", 0, 10), ...by("broker-a-1", 10, 20), ...by("broker-a-0", 20, 21)];
    const { roles, checks } = await result(history(seen, sends));
    expect(roles.violations).toMatchObject([
      { kind: "acknowledged-after-successor", nodes: ["broker-a-1", "broker-a-0"] },
    ]);
    expect(checks.find((check) => check.check === "one-writer")?.status).toBe("fail");
  });

  test("an acknowledgement of the old leader that was under way proves nothing", async () => {
    const seen = [role(0, "broker-a-0", 1), role(10_000, "broker-a-1", 2)];
    const late = send(9, { broker: "broker-a-0", done: 30_000 });
    const { roles } = await result(history(seen, by("broker-a-0", 0, 9), by("broker-a-1", 10, 20), [late]));
    expect(roles.violations).toEqual([]);
  });

  test("elected again is allowed to acknowledge again", async () => {
    const seen = [role(0, "broker-a-0", 1), role(10_000, "broker-a-1", 2), role(20_000, "broker-a-0", 3)];
    const sends = [...by("broker-a-0", 0, 10), ...by("broker-a-1", 10, 20), ...by("broker-a-0", 20, 30)];
    expect((await result(history(seen, sends))).roles.violations).toEqual([]);
  });

  test("two leaders in one term", async () => {
    const { roles } = await result(history([role(0, "broker-a-0", 4), role(5, "broker-a-1", 4)], [send(0)]));
    expect(roles.violations).toMatchObject([{ kind: "two-leaders-in-a-term" }]);
  });

  test("a mode without election: a second broker that acknowledges is always wrong", async () => {
    const { roles } = await result(history(by("broker-a-0", 0, 10), by("broker-a-1", 10, 20)));
    expect(roles.violations).toHaveLength(1);
  });
});
