import { describe, expect, it } from "vitest";
import { formatAge, formatSeconds } from "./format.ts";

describe("figures", () => {
  it("are short and have units", () => {
    expect([formatSeconds(349), formatSeconds(8_700), formatSeconds(125_000)]).toEqual([
      "0.3 s",
      "8.7 s",
      "2 min 5 s",
    ]);
    expect([45, 130, 7300, 200_000].map(formatAge)).toEqual(["45 s", "2 min", "2 h", "2 d"]);
  });
});
