import { describe, expect, test } from "vitest";
import { planCluster } from "../plan/plan-cluster.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import { storedConflicts } from "./stored-conflicts.ts";
import { storedFromLabel, storedLabel, storedNodes } from "./stored-facts.ts";

const plan = (text: string) => planCluster(parseSpec(`version: 1\nname: one\n${text}`));
const conflicts = (before: string, after: string) => storedConflicts(storedNodes(plan(before)), plan(after));
const keys = (before: string, after: string) => conflicts(before, after).map(({ key }) => key);

describe("a change that the stored data cannot bear", () => {
  test("is one of the layout, with the default as the value before", () => {
    expect(
      conflicts(
        "mode: single-master",
        "mode: single-master\nproperties: { mappedFileSizeConsumeQueue: 300000 }",
      ),
    ).toMatchObject([
      { key: "mappedFileSizeConsumeQueue", before: "6000000", after: "300000", nodes: ["broker-a-0"] },
    ]);
  });

  test.each([
    ["DLedger's members", "mode: dledger", "mode: dledger\nreplicas: 5", "replicas", 3],
    ["fewer of them", "mode: dledger\nreplicas: 5", "mode: dledger", "replicas", 5],
    ["the controllers", "mode: controller", "mode: controller\ncontrollers: 5", "controllers", 3],
    ["the mode", "mode: dledger", "mode: controller\ngroups: [{ name: broker-a }]", "mode", 3],
    [
      "the mode, with other groups",
      "mode: dledger",
      "mode: master-slave-async\ngroups: [{ name: x }]",
      "mode",
      3,
    ],
    ["a group's name", "mode: dledger", "mode: dledger\ngroups: [{ name: broker-x }]", "groups", 3],
    [
      "a name that makes the same nodes",
      "mode: dledger",
      "mode: dledger\ngroups: [{ name: Broker_A }]",
      "brokerName",
      3,
    ],
    ["one group fewer", "mode: multi-master\ngroups: 3", "mode: multi-master", "groups", 1],
    ["a replica under controllers", "mode: controller", "mode: controller\nreplicas: 2", "replicas", 1],
    [
      "the store's type",
      "mode: dledger",
      "mode: dledger\nproperties: { storeType: defaultRocksDB }",
      "storeType",
      3,
    ],
    [
      "the cluster's name under controllers",
      "mode: controller",
      "mode: controller\nclusterName: other",
      "brokerClusterName",
      3,
    ],
  ])("%s", (_, before, after, key, nodes) => {
    const found = conflicts(before, after);
    expect(found.map((conflict) => [conflict.key, conflict.nodes.length])).toEqual([[key, nodes]]);
    expect(found[0]?.ways.length).toBeGreaterThan(0);
  });

  test.each([
    ["nothing", "mode: dledger", "mode: dledger\nreplicas: 3"],
    [
      "a default that is written",
      "mode: dledger",
      "mode: dledger\nproperties: { mappedFileSizeCommitLog: 1073741824 }",
    ],
    ["a timer", "mode: dledger", "mode: dledger\nproperties: { fileReservedTime: 24 }"],
    ["a group more", "mode: dledger", "mode: dledger\ngroups: 2"],
    ["a port of DLedger", "mode: dledger", "mode: dledger\nports: { dledger: 40921 }"],
    ["another number of name servers", "mode: dledger", "mode: dledger\nnamesrvs: 3"],
    ["slaves beside fixed masters", "mode: multi-master", "mode: master-slave-async"],
    ["one slave fewer", "mode: master-slave-async\nreplicas: 3", "mode: master-slave-async"],
    ["a replica more under controllers", "mode: controller", "mode: controller\nreplicas: 5"],
  ])("is not %s", (_, before, after) => {
    expect(keys(before, after)).toEqual([]);
  });

  test("is known by the labels of volumes that outlived their containers", () => {
    const before = plan("mode: dledger");
    const [node] = before.nodes.filter(({ kind }) => kind === "broker");
    const label = node === undefined ? undefined : storedLabel(before, node);
    const facts = storedFromLabel(label ?? "");
    expect(facts).toEqual(storedNodes(before).get("broker-a-0"));
    expect(storedFromLabel("{}")).toBeUndefined();
    expect(storedFromLabel("no JSON")).toBeUndefined();
  });
});
