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

test("a node's lane shows one source: its replication layer before its broker role before what others say", () => {
  const collector = new SeriesCollector();
  collector.addOperation(send(0, { scheduled: 0, done: 100 }));
  const role = { type: "role", group: "g", at: 10, term: 1 } as const;
  collector.addRole({ ...role, node: "raft", role: "leader", source: "self" });
  collector.addRole({ ...role, node: "raft", at: 20, role: "master", source: "broker" });
  collector.addRole({ ...role, node: "elected", role: "slave", source: "broker" });
  collector.addRole({ ...role, node: "elected", at: 20, role: "master", source: "controller-0" });
  const lanes = collector.finish().roles;
  expect(lanes.map(({ node, spans }) => [node, spans.map((span) => span.role)])).toEqual([
    ["elected", ["slave"]],
    ["raft", ["leader"]],
  ]);
});
