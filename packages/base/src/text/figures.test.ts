import { expect, test } from "vitest";
import { formatBytes, formatCount, formatDuration, formatShare, list, plural } from "./figures.ts";

test("figures are short and have units", () => {
  expect([512, 2048, 332_398_592, 1_073_741_824].map(formatBytes)).toEqual([
    "512 B",
    "2 KiB",
    "317 MiB",
    "1.0 GiB",
  ]);
  expect([1200, 640_000, 8_310_000, 59_990_000, 125_000_000].map(formatDuration)).toEqual([
    "1.2 ms",
    "640 ms",
    "8.31 s",
    "1 min",
    "2 min 5 s",
  ]);
});

test("what is missing is not rounded away", () => {
  expect([1, 0.999_999, 0.9953, 0].map(formatShare)).toEqual(["100 %", "99.99 %", "99.53 %", "0 %"]);
});

test("counts and lists read as sentences", () => {
  expect([999, 12_345, 1_000_000].map(formatCount)).toEqual(["999", "12,345", "1,000,000"]);
  expect([plural(1, "node"), plural(3, "node"), plural(2, "proxy", "proxies")]).toEqual([
    "1 node",
    "3 nodes",
    "2 proxies",
  ]);
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(list)).toEqual(["", "a", "a and b", "a, b and c"]);
});
