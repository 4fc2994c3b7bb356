/**
 * @module-tag quick
 * A container that is too small says so.
 */
import { describe, expect, it } from "vitest";
import { images, startContainer } from "../support/container.ts";
import { until } from "../support/until.ts";

async function heapUnder(limit: string): Promise<number> {
  await using container = await startContainer(`limit-${limit}`, images.broker, ["--memory", limit]);
  return await until("the heap is said", async () => {
    const heap = /^hotfire: memory limit \d+m: heap (\d+)m, direct \d+m/m.exec(await container.logs())?.[1];
    return heap === undefined ? undefined : Number(heap);
  });
}

describe("the heap", () => {
  it("follows the container's memory limit and leaves room beside it", async () => {
    const [small, large] = [await heapUnder("640m"), await heapUnder("2g")];
    expect(small).toBeGreaterThan(100);
    expect(small).toBeLessThan(640 * 0.75);
    expect(large).toBeGreaterThan(small * 2);
    expect(large).toBeLessThan(2048 * 0.75);
  });
});
