import { describe, expect, it } from "vitest";
import { parseRunTime } from "./clock-fault.ts";

describe("how long a broker says that it has run", () => {
  it.each([
    ["[ 0 days, 0 hours, 1 minutes, 3 seconds ]", 63_000],
    ["[ 2 days, 1 hours, 0 minutes, 0 seconds ]", 176_400_000],
    ["[ 0 days, 0 hours, 0 minutes, -17 seconds ]", -17_000],
    ["[ 0 days, 0 hours, -1 minutes, -5 seconds ]", -65_000],
    ["[ 0 days, 0 hours, 0 minutes, 0 seconds ]", 0],
  ])("%s", (text, ms) => {
    expect(parseRunTime(text)).toBe(ms);
  });

  it("is no number where it says nothing of the kind", () => {
    expect(parseRunTime("soon")).toBeNaN();
  });
});
