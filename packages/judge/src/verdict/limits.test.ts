import { describe, expect, test } from "vitest";
import { parseLimits } from "./limits.ts";

describe("limits", () => {
  test("durations, counts and shares", () => {
    expect(parseLimits("rto=2s, lost=0,availability=99.5%")).toEqual([
      { check: "rto", groups: "all", max: 2_000_000 },
      { check: "lost", max: 0 },
      { check: "availability", groups: "all", min: 0.995 },
    ]);
    expect(parseLimits("rto.send=800ms,downtime.consume=1.5min")).toEqual([
      { check: "rto", groups: "all", verb: "send", max: 800_000 },
      { check: "downtime", groups: "all", verb: "consume", max: 90_000_000 },
    ]);
  });

  test.each([
    ["rto=2", /"2" is not a duration/, /rto=2s/],
    ["rto=fast", /"fast" is not a duration/, /rto=2s/],
    ["lots=3", /no limit "lots"/, /Limits: rto/],
    ["los=0", /no limit "los"/, /Did you mean lost/],
    ["lost", /not NAME=VALUE/, /For example/],
    ["lost=few", /"few" is not a number/, /lost=0/],
    ["lost.send=0", /"lost.send" is not a limit/, /Only rto/],
    ["lost=0,lost=1", /limited twice/, /Keep one/],
    ["availability=101%", /not a percentage/, /99\.5%/],
    ["rto=1s,", /empty limit/, /For example/],
  ])("%s is explained", (text, message, hint) => {
    expect(() => parseLimits(text)).toThrow(
      expect.objectContaining({
        code: "LIMIT_INVALID",
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      }),
    );
  });
});
