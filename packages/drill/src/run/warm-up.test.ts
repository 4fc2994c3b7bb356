import { expect, test } from "vitest";
import { baselineMs, type Tally, WarmUp, type WarmUpStep, windowMs } from "./warm-up.ts";

const tally = (sent: number, failures = 0): Tally => ({ failures, acknowledged: new Map([["a", sent]]) });

/** Looks in every window at what `at` says of it; the last step, and when it was made. */
function warm(
  at: (window: number) => Tally,
  rate = 100,
  windows = 400,
): { readonly step: WarmUpStep; readonly ms: number } {
  const warmUp = new WarmUp(tally(0), 0, rate);
  for (let window = 1; window <= windows; window += 1) {
    const step = warmUp.look(at(window), window * windowMs);
    if (step.do !== "wait") return { step, ms: window * windowMs };
  }
  throw new Error("it waits for ever");
}

test("a load that runs well is warm after the baseline", () => {
  expect(warm((window) => tally(window))).toEqual({
    step: { do: "go", since: 0, isCalm: true },
    ms: baselineMs,
  });
});

test("a failure begins it anew", () => {
  const { step, ms } = warm((window) => tally(window, window < 8 ? window : 8));
  expect(step).toEqual({ do: "go", since: 8 * windowMs, isCalm: true });
  expect(ms).toBe(8 * windowMs + baselineMs);
});

test("so does a window without an acknowledged send", () => {
  const { step, ms } = warm((window) => tally(window <= 10 ? window : Math.max(10, window - 2)));
  expect(step).toMatchObject({ do: "go", since: 12 * windowMs });
  expect(ms).toBe(12 * windowMs + baselineMs);
});

test("a machine that has no calm is taken as it is, once nothing fails", () => {
  const { step, ms } = warm((window) => tally(Math.ceil(window / 3)));
  expect(step).toMatchObject({ do: "go", isCalm: false });
  expect(ms).toBe(45_000);
});

test("a load that fails all the time is given up, and one that nothing acknowledges, with the reason", () => {
  const failing = warm((window) => tally(window, window));
  expect(failing.step).toEqual({
    do: "give-up",
    why: `${failing.ms / windowMs} operations failed, the last ones just now`,
  });
  expect(warm(() => tally(0)).step).toEqual({ do: "give-up", why: "nothing was acknowledged by a" });
  expect(failing.ms).toBeGreaterThan(60_000);
});

test("few sends a second leave windows empty, and mean nothing by it", () => {
  expect(warm((window) => tally(Math.ceil(window / 3)), 4).ms).toBe(baselineMs);
});
