import fc from "fast-check";
import { expect, test } from "vitest";
import { planCluster } from "../plan/plan-cluster.ts";
import { loadPreset } from "../presets/presets.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import { storedConflicts } from "../stored/stored-conflicts.ts";
import { storedNodes } from "../stored/stored-facts.ts";
import { diffPlans } from "./diff-plans.ts";
import { withEffective } from "./with-effective.ts";

const plan = (text: string) => planCluster(parseSpec(`version: 1\nname: one\n${text}`));

test("specs that are written unlike but mean the same do not differ", () => {
  expect(
    diffPlans(
      plan("mode: dledger"),
      plan("mode: dledger\nreplicas: 3\ngroups: [{ name: broker-a }]\nnamesrvs: 2"),
    ),
  ).toEqual({ changes: [], needs: undefined });
});

test("a key that is read at each use is updated, one that is read once needs a restart", () => {
  const before = plan("mode: multi-master");
  const update = diffPlans(before, plan("mode: multi-master\nproperties: { fileReservedTime: 24 }"));
  expect(update).toEqual({
    changes: [
      {
        what: "property",
        key: "fileReservedTime",
        nodes: ["broker-a-0", "broker-b-0"],
        before: undefined,
        after: "24",
        needs: "update",
      },
    ],
    needs: "update",
  });
  const restart = diffPlans(before, plan("mode: multi-master\nproperties: { sendMessageThreadPoolNums: 4 }"));
  expect(restart.needs).toBe("restart");
});

test("DLedger copies the keys of retention when it starts", () => {
  const after = plan("mode: dledger\nproperties: { fileReservedTime: 24 }");
  expect(diffPlans(plan("mode: dledger"), after).needs).toBe("restart");
});

test("what is stored cannot be read with another size of its files", () => {
  const after = plan("mode: dledger\nproperties: { mappedFileSizeCommitLog: 67108864 }");
  expect(diffPlans(plan("mode: dledger"), after).needs).toBe("new-volume");
});

test("a change of one node names that node, and a bigger cluster its new ones", () => {
  const node = plan(
    "mode: multi-master\ngroups: [{ name: broker-a, nodes: [{ properties: { slaveTimeout: 1 } }] }, { name: broker-b }]",
  );
  expect(diffPlans(plan("mode: multi-master"), node).changes).toMatchObject([{ nodes: ["broker-a-0"] }]);
  const three = diffPlans(plan("mode: multi-master"), plan("mode: multi-master\ngroups: 3"));
  expect(three.changes).toContainEqual({
    what: "node",
    key: "broker",
    nodes: ["broker-c-0"],
    before: undefined,
    after: "there",
    needs: "start",
  });
});

test("a new volume is what the stored data cannot bear, and nothing else is", () => {
  const names = ["dledger", "controller", "multi-master", "master-slave-async"] as const;
  const text = fc.record({
    mode: fc.constantFrom(...names),
    groups: fc.constantFrom("2", "3", "[{ name: broker-a }, { name: Broker_B }]"),
    more: fc.constantFrom(
      "",
      "fileReservedTime: 24",
      "mappedFileSizeCommitLog: 67108864",
      "storeType: default",
    ),
    replicas: fc.constantFrom(3, 5),
    clusterName: fc.constantFrom("one", "two"),
  });
  const written = text.map(
    ({ mode, groups, more, replicas, clusterName }) =>
      `mode: ${mode}\ngroups: ${groups}\nproperties: { ${more} }\nclusterName: ${clusterName}\n${mode === "multi-master" ? "" : `replicas: ${replicas}`}`,
  );
  fc.assert(
    fc.property(written, written, (one, other) => {
      const [before, after] = [plan(one), plan(other)];
      const conflicts = storedConflicts(storedNodes(before), after);
      expect(diffPlans(before, after).needs === "new-volume").toBe(conflicts.length > 0);
    }),
    { numRuns: 200 },
  );
});

test("a running process's values count, but for what elections decide", () => {
  const running = planCluster(loadPreset("dledger"));
  const values = new Map([
    ["brokerId", "0"],
    ["registerNameServerPeriod", "30000"],
    ["flushDiskType", "SYNC_FLUSH"],
    ["slaveTimeout", "7"],
  ]);
  const effective = new Map(running.nodes.map(({ name }) => [name, values]));
  const { changes } = diffPlans(running, withEffective(running, effective, running));
  expect(changes.map(({ key }) => key)).not.toContain("brokerId");
  expect(changes.map(({ key }) => key)).not.toContain("slaveTimeout");
});
