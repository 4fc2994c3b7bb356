import { expect, test, vi } from "vitest";
import { SharedAnswers } from "./shared-answers.ts";

test("ten requests at once, and those a moment later, cost what one costs", async () => {
  let now = 0;
  let asked = 0;
  const shared = new SharedAnswers<number>(1000, () => now);
  const ask = async () => {
    asked += 1;
    return asked;
  };
  expect(new Set(await Promise.all(Array.from({ length: 10 }, () => shared.get("a", ask))))).toEqual(
    new Set([1]),
  );
  now = 999;
  expect(await shared.get("a", ask)).toBe(1);
  now = 1000;
  expect(await shared.get("a", ask)).toBe(2);
  expect(await shared.get("b", ask)).toBe(3);
});

test("a change makes the next one ask, and a failure is not kept", async () => {
  const shared = new SharedAnswers<string>(1000, () => 0);
  expect(await shared.get("a", () => "before")).toBe("before");
  shared.forget();
  expect(await shared.get("a", () => "after")).toBe("after");
  await expect(shared.get("c", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await shared.get("c", () => "yes")).toBe("yes");
});

test("an answer that takes long is waited for by all", async () => {
  let now = 0;
  const shared = new SharedAnswers<string>(10, () => now);
  let answer = (_: string) => {};
  const first = shared.get("a", () => new Promise((resolve) => (answer = resolve)));
  await Promise.resolve();
  now = 5000;
  const second = shared.get("a", () => "another");
  answer("one");
  expect(await Promise.all([first, second])).toEqual(["one", "one"]);
});

test("an answer that is outdated is not kept", async () => {
  vi.useFakeTimers();
  try {
    const shared = new SharedAnswers<string>(1000);
    for (let page = 0; page < 50; page += 1) await shared.get(`page ${page}`, () => "x".repeat(1000));
    expect(shared.remembered).toBe(50);
    vi.advanceTimersByTime(1000);
    expect(shared.remembered).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
