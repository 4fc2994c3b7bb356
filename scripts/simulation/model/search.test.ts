import { expect, it } from "vitest";
import { search } from "./search.ts";
import { initial } from "./sets-and-epochs.ts";

const limits = { messages: 2, promotions: 1, proposals: 2 };
const steps = 10;
const mended = { emptyEpochs: true, proposedTogether: true };
/** Two brokers in sync and two that come, and three of four in sync. */
const from = [initial(4, 0b0001), initial(4, 0b0111)];
const patience = 120_000;

it("finds nothing with the mends in", { timeout: patience }, () => {
  const { states, story } = search(from, mended, limits, steps);
  expect(story).toBeUndefined();
  expect(states).toBeGreaterThan(10_000);
});

it("finds that an epoch without messages hides the next one (C2)", { timeout: patience }, () => {
  const { story } = search(from, { ...mended, emptyEpochs: false }, limits, steps);
  expect(story?.at(-1)).toMatch(/is acknowledged, broker \d of/);
  expect(story?.some((line) => line.includes("is cut to"))).toBe(true);
});

it("finds that two slaves at once make the master wait for the wrong one (C4)", { timeout: patience }, () => {
  const { story } = search(from, { ...mended, proposedTogether: false }, limits, steps);
  expect(story?.at(-1)).toMatch(/is acknowledged, broker \d of/);
  expect(story?.filter((line) => line.includes("proposes"))).toHaveLength(2);
});
