import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeByTime } from "./merge-by-time.ts";

async function* from(times: readonly number[], name: string) {
  for (const time of times) yield { at: new Date(time), name };
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

describe("logs of several nodes", () => {
  it("are merged by time, nothing lost, each node's own order kept", async () => {
    const times = fc.array(fc.integer({ min: 0, max: 1000 })).map((list) => list.sort((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(fc.array(times, { maxLength: 5 }), async (lists) => {
        const merged = await collect(
          mergeByTime(
            lists.map((list, index) => from(list, `n${index}`)),
            "by-time",
          ),
        );
        const all = lists.flat().sort((a, b) => a - b);
        expect(merged.map(({ at }) => at.getTime())).toEqual(all);
        for (const [index, list] of lists.entries()) {
          expect(merged.filter(({ name }) => name === `n${index}`).map(({ at }) => at.getTime())).toEqual(
            list,
          );
        }
      }),
    );
  });

  it("come as they come when followed", async () => {
    const merged = await collect(mergeByTime([from([5, 6], "a"), from([1], "b")], "as-they-come"));
    expect(merged.map(({ name }) => name).sort()).toEqual(["a", "a", "b"]);
  });
});
