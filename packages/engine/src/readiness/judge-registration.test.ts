import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ExpectedBroker, judgeRegistration, type NamesrvView } from "./judge-registration.ts";

function broker(node: string, group: string, role: ExpectedBroker["role"]): ExpectedBroker {
  return { node, group, role, addresses: [`10.0.0.1:${node.length}`, `${node}:10911`] };
}

function view(namesrv: string, groups: Record<string, Record<number, string>>): NamesrvView {
  const entries = Object.entries(groups).map(
    ([name, ids]) =>
      [name, new Map(Object.entries(ids).map(([id, address]) => [Number(id), address]))] as const,
  );
  return { namesrv, groups: new Map(entries) };
}

const pair = [broker("broker-a-0", "broker-a", "master"), broker("broker-a-1", "broker-a", "slave")];
const both = { "broker-a": { 0: "broker-a-0:10911", 1: "broker-a-1:10911" } };

describe("registration", () => {
  it("is complete with every broker in its role at every name server", () => {
    const judged = judgeRegistration(pair, [view("namesrv-0", both), view("namesrv-1", both)]);
    expect(judged).toMatchObject({ complete: true, wanted: 4, missing: [] });
    expect(judged.registrations).toHaveLength(4);
  });

  it("names the broker and the name server that are missing", () => {
    const judged = judgeRegistration(pair, [
      view("namesrv-0", both),
      view("namesrv-1", { "broker-a": { 0: "broker-a-0:10911" } }),
      { namesrv: "namesrv-2", groups: undefined, problem: "connection refused" },
    ]);
    expect(judged.complete).toBe(false);
    expect(judged.missing).toEqual([
      "broker-a-1 is not registered at namesrv-1",
      "namesrv-2 does not answer: connection refused",
    ]);
  });

  it("wants the planned roles in master-slave modes", () => {
    const swapped = view("namesrv-0", { "broker-a": { 1: "broker-a-0:10911", 0: "broker-a-1:10911" } });
    expect(judgeRegistration(pair, [swapped]).missing).toEqual([
      "broker-a-0 is registered at namesrv-0 as a slave (brokerId 1), and should be the master",
      "broker-a-1 is registered at namesrv-0 as the master (brokerId 0), and should be a slave",
    ]);
  });

  it("waits for an elected master where roles are elected", () => {
    const group = pair.map((member) => ({ ...member, role: "leader-or-follower" as const }));
    const leaderless = view("namesrv-0", { "broker-a": { 1: "broker-a-0:10911", 2: "broker-a-1:10911" } });
    expect(judgeRegistration(group, [leaderless]).missing).toEqual([
      "broker-a has no master at namesrv-0 yet",
    ]);
    expect(judgeRegistration(group, [view("namesrv-0", both)]).complete).toBe(true);
  });

  it("is never complete while any registration is missing", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(),
        (brokers, namesrvs, pick) => {
          const expected = Array.from({ length: brokers }, (_, i) =>
            broker(`b-${i}`, "b", "leader-or-follower"),
          );
          const ids = Object.fromEntries(expected.map(({ node }, i) => [i, `${node}:10911`]));
          const views = Array.from({ length: namesrvs }, (_, i) => view(`n-${i}`, { b: { ...ids } }));
          expect(judgeRegistration(expected, views).complete).toBe(true);
          const { [pick % brokers]: _gone, ...rest } = ids;
          views[pick % namesrvs] = view("n", { b: rest });
          expect(judgeRegistration(expected, views).complete).toBe(false);
        },
      ),
    );
  });
});
