import { describe, expect, it } from "vitest";
import { formatAge, formatBytes, formatSeconds, plural } from "./format.ts";

describe("figures", () => {
  it("are short and have units", () => {
    expect([formatSeconds(349), formatSeconds(8_700), formatSeconds(125_000)]).toEqual([
      "0.3 s",
      "8.7 s",
      "2 min 5 s",
    ]);
    expect([45, 130, 7300, 200_000].map(formatAge)).toEqual(["45 s", "2 min", "2 h", "2 d"]);
    expect([512, 2048, 332_398_592, 1_073_741_824].map(formatBytes)).toEqual([
      "512 B",
      "2 KiB",
      "317 MiB",
      "1.0 GiB",
    ]);
    expect([plural(1, "node"), plural(3, "node")]).toEqual(["1 node", "3 nodes"]);
  });
});
