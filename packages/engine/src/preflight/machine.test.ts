import { describe, expect, it } from "vitest";
import { judgeDisk, judgeMemory } from "./machine.ts";

const gib = 1024 ** 3;

describe("memory", () => {
  it("limits above the whole machine are an error with both numbers", () => {
    const judged = judgeMemory(30 * gib, { totalBytes: 24 * gib, availableBytes: 20 * gib });
    expect(judged.level).toBe("error");
    expect(judged.message).toContain("30.0 GiB");
    expect(judged.message).toContain("24.0 GiB");
  });

  it("limits above what is free now are a warning", () => {
    expect(judgeMemory(4 * gib, { totalBytes: 8 * gib, availableBytes: 2 * gib }).level).toBe("warning");
  });

  it("what the cluster uses already counts as free for it", () => {
    expect(judgeMemory(4 * gib, { totalBytes: 8 * gib, availableBytes: 2 * gib }, 3 * gib).level).toBe("ok");
  });

  it("an engine elsewhere is judged by its total", () => {
    expect(judgeMemory(4 * gib, { totalBytes: 8 * gib, availableBytes: undefined }).level).toBe("ok");
  });
});

describe("disk", () => {
  it.each([
    [{ freeBytes: 0.5 * gib, usedShare: 0.2 }, "error"],
    [{ freeBytes: 90 * gib, usedShare: 0.91 }, "error"],
    [{ freeBytes: 90 * gib, usedShare: 0.86 }, "warning"],
    [{ freeBytes: 90 * gib, usedShare: 0.5 }, "ok"],
  ] as const)("%o is %s", (disk, level) => {
    expect(judgeDisk({ folder: "/var/lib/docker", ...disk }).level).toBe(level);
  });

  it("that cannot be seen is not judged", () => {
    expect(judgeDisk(undefined).level).toBe("ok");
  });
});
