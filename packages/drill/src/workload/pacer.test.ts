import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startClock } from "./clock.ts";
import { Pacer } from "./pacer.ts";

test("every event fires once, in order, never early, and after a stall with its old schedule", async () => {
  const clock = startClock();
  const fired: { sequence: number; scheduled: number; at: number }[] = [];
  const pacer = new Pacer({
    rate: 1000,
    now: () => clock.now(),
    fire: (sequence, scheduled) => fired.push({ sequence, scheduled, at: clock.now() }),
  });
  await sleep(100);
  const stalledAt = fired.length;
  const until = performance.now() + 100;
  while (performance.now() < until);
  await sleep(50);
  pacer.stop();
  const count = fired.length;
  await sleep(20);
  expect(fired).toHaveLength(count);
  expect(pacer.fired).toBe(count);
  const start = fired[0]?.scheduled ?? 0;
  for (const [index, { sequence, scheduled, at }] of fired.entries()) {
    expect(sequence).toBe(index);
    expect(scheduled).toBe(start + index * 1000);
    expect(at).toBeGreaterThanOrEqual(scheduled);
  }
  // The stall's hundred events were not left out.
  expect(count).toBeGreaterThan(stalledAt + 100);
});
