import { expect, test } from "vitest";
import { send } from "../synthetic/build.ts";
import { SeriesCollector } from "./series.ts";

test("points stay below the cap however many groups and operations there are, and the totals are kept", () => {
  const collector = new SeriesCollector();
  for (let sequence = 0; sequence < 120_000; sequence += 1) {
    const at = sequence * 100;
    const latency = 2 ** (sequence % 20);
    const group = `broker-${(sequence >> 4) % 16}`;
    collector.addOperation(send(sequence, { scheduled: at, done: at + latency, group }));
  }
  const { clouds } = collector.finish();
  const shown = clouds.reduce((sum, cloud) => sum + cloud.points.length, 0);
  expect(shown).toBeLessThanOrEqual(51_000);
  expect(clouds.reduce((sum, cloud) => sum + cloud.total, 0)).toBe(120_000);
});

test("a sample is spread over the whole run and keeps the rare slow answers", () => {
  const collector = new SeriesCollector();
  for (let sequence = 0; sequence < 20_000; sequence += 1) {
    const at = sequence * 1000;
    collector.addOperation(
      send(sequence, { scheduled: at, done: at + (sequence === 7777 ? 900_000 : 1000) }),
    );
  }
  const [cloud] = collector.finish().clouds;
  const points = cloud?.points ?? [];
  expect(points.some(({ latency }) => latency === 900_000)).toBe(true);
  for (let quarter = 0; quarter < 4; quarter += 1) {
    const inside = points.filter(({ at }) => Math.floor(at / 5_000_000) === quarter);
    expect(inside.length).toBeGreaterThan(points.length / 6);
  }
});
