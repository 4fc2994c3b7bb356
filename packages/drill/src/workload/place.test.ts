import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placesOf } from "./place.ts";

const spread = fc.record({
  groups: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
  queuesPerGroup: fc.integer({ min: 1, max: 8 }),
});

describe("where messages go", () => {
  test("round robin over the groups, then over the queues of each", () => {
    const places = placesOf({ groups: ["a", "b"], queuesPerGroup: 2, keys: 0 });
    expect(places.map(({ group, queue }) => `${group}${queue}`)).toEqual(["a0", "b0", "a1", "b1"]);
    expect(places.every(({ key }) => key === undefined)).toBe(true);
  });

  test("without keys every queue of every group has its turn once", () => {
    fc.assert(
      fc.property(spread, (options) => {
        const places = placesOf({ ...options, keys: 0 }).map(({ group, queue }) => `${group} ${queue}`);
        expect(new Set(places).size).toBe(options.groups.length * options.queuesPerGroup);
        expect(places).toHaveLength(options.groups.length * options.queuesPerGroup);
      }),
    );
  });

  test("a key has one place for good, and keys are spread over groups evenly", () => {
    fc.assert(
      fc.property(spread, fc.integer({ min: 1, max: 40 }), (options, keys) => {
        const places = placesOf({ ...options, keys });
        expect(new Set(places.map(({ key }) => key)).size).toBe(keys);
        const counts = options.groups.map((group) => places.filter((place) => place.group === group).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
