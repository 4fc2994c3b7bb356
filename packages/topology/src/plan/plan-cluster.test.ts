import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadPreset } from "../presets/presets.ts";
import { arbitrarySpec } from "../spec/arbitrary-spec.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import type { BrokerPlan, ClusterPlan } from "./cluster-plan.ts";
import { planCluster } from "./plan-cluster.ts";

const plan = (text: string): ClusterPlan => planCluster(parseSpec(`version: 1\nname: demo\n${text}`));
const brokers = (of: ClusterPlan): readonly BrokerPlan[] => of.groups.flatMap((group) => group.brokers);
const names = (of: ClusterPlan): string[] => of.nodes.map((node) => node.name);

describe("each mode's plan", () => {
  it("single-master", () => {
    const of = planCluster(loadPreset("single-master"));
    expect(names(of)).toEqual(["namesrv-0", "namesrv-1", "broker-a-0", "console"]);
    expect(brokers(of)[0]).toMatchObject({
      role: "master",
      properties: { brokerId: "0", brokerRole: "ASYNC_MASTER", namesrvAddr: "namesrv-0:9876;namesrv-1:9876" },
    });
  });

  it("master-slave: node 0 is the master, and a slave may be read from", () => {
    const of = planCluster(loadPreset("master-slave-async"));
    expect(brokers(of).map((broker) => [broker.name, broker.role, broker.properties["brokerId"]])).toEqual([
      ["broker-a-0", "master", "0"],
      ["broker-a-1", "slave", "1"],
      ["broker-b-0", "master", "0"],
      ["broker-b-1", "slave", "1"],
    ]);
    expect(brokers(of).every((broker) => broker.properties["slaveReadEnable"] === "true")).toBe(true);
  });

  it("master-slave: a slave copies from its master by name, whatever address that registers", () => {
    const of = plan("mode: master-slave-async\nadvertise: 192.168.1.20\nbind: 0.0.0.0\n");
    expect(brokers(of).map(({ properties }) => properties["haMasterAddress"])).toEqual([
      undefined,
      "broker-a-0:10912",
      undefined,
      "broker-b-0:10932",
    ]);
  });

  it("master-slave-sync: an acknowledged message is on two brokers", () => {
    const of = planCluster(loadPreset("master-slave-sync"));
    expect(of.groups.map((group) => group.acknowledgedReplicas)).toEqual([2, 2]);
    for (const { index, properties } of brokers(of)) {
      expect(properties).toMatchObject({
        brokerRole: index === 0 ? "SYNC_MASTER" : "SLAVE",
        totalReplicas: "2",
        inSyncReplicas: "2",
      });
      expect(properties).not.toHaveProperty("enableAutoInSyncReplicas");
    }
  });

  it("master-slave-sync that degrades has every key that RocketMQ looks at for it", () => {
    const of = plan("mode: master-slave-sync\nwhenSlaveIsGone: degrade\n");
    expect(of.groups[0]?.acknowledgedReplicas).toBe(1);
    expect(brokers(of)[0]?.properties).toMatchObject({
      inSyncReplicas: "2",
      minInSyncReplicas: "1",
      enableAutoInSyncReplicas: "true",
      enableSlaveActingMaster: "true",
    });
  });

  it("dledger: the launcher is told the timers, and stock tells it so", () => {
    const told = (failover: string) =>
      brokers(plan(`mode: dledger\n${failover}`)).map(({ environment }) => environment["HOTFIRE_FAILOVER"]);
    expect(new Set(told(""))).toEqual(new Set(["heartbeatMs=100 silenceMs=500"]));
    expect(new Set(told("failover: stock"))).toEqual(new Set(["stock"]));
    expect(new Set(told("failover: { heartbeatMs: 200, silenceMs: 1000 }"))).toEqual(
      new Set(["heartbeatMs=200 silenceMs=1000"]),
    );
  });

  it("proxies look at routes as often as a profile needs it, and as seldom as RocketMQ's with stock", () => {
    const every = (failover: string) =>
      plan(`mode: dledger\nproxy: true\n${failover}`).nodes.find(({ kind }) => kind === "proxy")?.properties[
        "topicRouteServiceCacheRefreshSeconds"
      ];
    expect(every("")).toBe("1");
    expect(every("failover: stock")).toBeUndefined();
    expect(every("proxyProperties: { topicRouteServiceCacheRefreshSeconds: 5 }")).toBe("5");
  });

  it("name servers that have just started give no routes until brokers had time to register, except with stock", () => {
    const told = (spec: string) =>
      plan(spec).nodes.find(({ kind }) => kind === "namesrv")?.properties["needWaitForService"];
    expect(told("mode: master-slave-async")).toBe("true");
    expect(told("mode: dledger")).toBe("true");
    expect(told("mode: dledger\nfailover: stock")).toBeUndefined();
    expect(told("mode: dledger\nnamesrvProperties: { needWaitForService: false }")).toBe("false");
  });

  it("controller: brokers tell their silence, controllers look that often; a property goes over it", () => {
    const of = plan("mode: controller\nproperties: { brokerHeartbeatInterval: 700 }\n");
    expect(brokers(of)[0]?.properties).toMatchObject({
      controllerHeartBeatTimeoutMills: "1500",
      syncControllerMetadataPeriod: "1000",
      brokerHeartbeatInterval: "700",
    });
    const controller = of.nodes.find(({ kind }) => kind === "controller");
    expect(controller?.properties).toMatchObject({ scanNotActiveBrokerInterval: "300" });
    const stock = plan("mode: controller\nfailover: stock\n");
    expect(stock.nodes.flatMap(({ properties }) => Object.keys(properties))).not.toContain(
      "scanNotActiveBrokerInterval",
    );
  });

  it("controller: the controllers replace their own leader as soon as a DLedger group does, also with a spec's own timers; stock leaves it to RocketMQ", () => {
    const told = (failover: string) =>
      plan(`mode: controller\n${failover}`)
        .nodes.filter(({ kind }) => kind === "controller")
        .map(({ environment }) => environment["HOTFIRE_FAILOVER"]);
    expect(told("")).toEqual(Array(3).fill("heartbeatMs=100 silenceMs=500"));
    expect(told("failover: aggressive")).toEqual(Array(3).fill("heartbeatMs=50 silenceMs=200"));
    expect(told("failover: { heartbeatMs: 900, silenceMs: 9000 }")).toEqual(
      Array(3).fill("heartbeatMs=100 silenceMs=500"),
    );
    expect(told("failover: stock")).toEqual(Array(3).fill(undefined));
  });

  it("dledger: peers by name, a self id each", () => {
    const of = planCluster(loadPreset("dledger-2x3"));
    expect(
      brokers(of).map(({ properties }) => [properties["dLegerSelfId"], properties["dLegerPeers"]]),
    ).toEqual(
      ["a", "a", "a", "b", "b", "b"].map((group, index) => [
        `n${index % 3}`,
        `n0-broker-${group}-0:40911;n1-broker-${group}-1:40911;n2-broker-${group}-2:40911`,
      ]),
    );
    expect(of.groups.map((group) => group.acknowledgedReplicas)).toEqual([2, 2]);
  });

  it("controller: brokers know the controllers, which know each other", () => {
    const of = planCluster(loadPreset("controller"));
    expect(names(of)).toEqual([
      "namesrv-0",
      "namesrv-1",
      "controller-0",
      "controller-1",
      "controller-2",
      "broker-a-0",
      "broker-a-1",
      "broker-a-2",
      "console",
    ]);
    expect(brokers(of)[2]?.properties).toMatchObject({
      enableControllerMode: "true",
      controllerAddr: "controller-0:9877;controller-1:9877;controller-2:9877",
      allAckInSyncStateSet: "true",
      minInSyncReplicas: "2",
    });
  });

  it("groups beyond z go on with two letters", () => {
    const groups = plan("mode: multi-master\ngroups: 703\n").groups.map((group) => group.name);
    expect([groups[0], groups[25], groups[26], groups[27], groups[701], groups[702]]).toEqual([
      "broker-a",
      "broker-z",
      "broker-aa",
      "broker-ab",
      "broker-zz",
      "broker-aaa",
    ]);
  });
});

describe("advertise", () => {
  const of = plan(
    "mode: dledger\nadvertise: lab.example.org\nbind: 0.0.0.0\nports: { offset: 100 }\nproxy: true\n",
  );

  it("gives each broker a port of its own, the same inside and outside", () => {
    expect(brokers(of).map((broker) => broker.ports.filter((port) => port.host))).toEqual(
      [11011, 11021, 11031].map((port) => [
        { purpose: "remoting", container: port, host: { address: "0.0.0.0", port } },
        { purpose: "fast", container: port - 2, host: { address: "0.0.0.0", port: port - 2 } },
      ]),
    );
    expect(brokers(of).map((broker) => broker.properties["listenPort"])).toEqual(["11011", "11021", "11031"]);
  });

  it("keeps replication on the cluster's own network, and the name known there", () => {
    expect(brokers(of)[1]?.properties).toMatchObject({
      brokerIP1: "lab.example.org",
      brokerIP2: "broker-a-1",
    });
    expect(of.nodes.filter((node) => node.hostAliases.length > 0).map((node) => node.kind)).toEqual([
      "broker",
      "broker",
      "broker",
      "proxy",
    ]);
  });

  it("leaves brokers without published ports or addresses when absent", () => {
    for (const broker of brokers(plan("mode: dledger\n"))) {
      expect(broker.ports.some((port) => port.host)).toBe(false);
      expect(broker.properties).not.toHaveProperty("brokerIP1");
    }
  });
});

describe("properties", () => {
  it("go from the cluster over the group to the node", () => {
    const of = plan(`mode: dledger
properties: { fileReservedTime: 1, deleteWhen: 04, registerNameServerPeriod: 20000 }
groups:
  - name: broker-a
    properties: { fileReservedTime: 2 }
    nodes:
      - {}
      - properties: { fileReservedTime: 3 }
`);
    expect(brokers(of).map(({ properties }) => properties["fileReservedTime"])).toEqual(["2", "3", "2"]);
    expect(brokers(of)[0]?.properties).toMatchObject({ deleteWhen: "04", registerNameServerPeriod: "20000" });
  });
});

describe("warnings", () => {
  it.each([
    [
      "mode: dledger\nreplicas: 4",
      "EVEN_MEMBERS",
      "4 DLedger nodes tolerate 1 failure, just like 3: the majority of 4 is 3",
    ],
    [
      "mode: controller\ncontrollers: 2",
      "EVEN_CONTROLLERS",
      "2 controllers tolerate 0 failures, just like 1",
    ],
    ["mode: controller\ncontrollers: 1", "FEW_CONTROLLERS", "no master is replaced"],
    ["mode: controller\nreplicas: 2", "NO_SPARE_REPLICA", "refuses every send"],
    ["mode: single-master\nstoreLimit: 1g", "STORE_IN_MEMORY", "gone when the broker stops"],
    ["mode: dledger\nnamesrvs: 1", "ONE_NAMESRV", "name server"],
    ["mode: dledger\nadvertise: 192.168.1.20", "ADVERTISE_UNREACHABLE", "no client reaches them"],
    ["mode: dledger\nbind: 0.0.0.0", "OPEN_TO_NETWORK", "password"],
    ["mode: dledger\nrocketmq: 5.3.2", "VERSION_UNTESTED", "5.3.2"],
    [
      "mode: dledger\nproperties: { flushDiskTyp: SYNC_FLUSH }",
      "PROPERTY_UNKNOWN",
      "has no key flushDiskTyp",
    ],
    ["mode: dledger\nproperties: { fileReservedTime: 72h }", "PROPERTY_VALUE", "not a whole number"],
  ])("%s", (text, code, message) => {
    const { warnings } = plan(text);
    expect(warnings.map((warning) => warning.code)).toEqual([code]);
    expect(warnings[0]?.message).toContain(message);
  });

  it("are absent from the presets' plans", () => {
    for (const name of ["single-master", "multi-master", "master-slave-sync", "dledger-2x3", "controller"]) {
      expect(planCluster(loadPreset(name)).warnings).toEqual([]);
    }
  });
});

describe("any plan", () => {
  it("has unique names, volumes and host ports, complete addresses, and agreeing peers", () => {
    fc.assert(
      fc.property(arbitrarySpec, (input) => {
        const of = planCluster(parseSpec(JSON.stringify(input)));
        expect(new Set(names(of)).size).toBe(of.nodes.length);
        const volumes = of.nodes.flatMap((node) => ("volume" in node ? [node.volume.name] : []));
        expect(new Set(volumes).size).toBe(volumes.length);
        const hostPorts = of.nodes.flatMap((node) =>
          node.ports.flatMap((port) => (port.host ? [port.host.port] : [])),
        );
        expect(new Set(hostPorts).size).toBe(hostPorts.length);
        expect(hostPorts.every((port) => port > 0 && port <= 65535)).toBe(true);

        const namesrvs = of.nodes
          .filter((node) => node.kind === "namesrv")
          .map((node) => `${node.name}:9876`);
        for (const node of of.nodes) {
          expect(new Set(node.ports.map((port) => port.container)).size).toBe(node.ports.length);
          if (node.kind === "broker" || node.kind === "proxy") {
            expect(node.properties["namesrvAddr"]?.split(";")).toEqual(namesrvs);
          }
          for (const name of [...node.dependsOn, ...node.startsAfter]) expect(names(of)).toContain(name);
        }
        for (const group of of.groups) {
          expect(new Set(group.brokers.map(({ properties }) => properties["dLegerPeers"])).size).toBe(1);
          for (const broker of group.brokers) {
            expect(broker.group).toBe(group.name);
            if (of.mode !== "dledger") continue;
            const { dLegerSelfId, dLegerPeers } = broker.properties;
            expect(dLegerPeers?.split(";")).toContain(`${dLegerSelfId}-${broker.name}:40911`);
          }
          expect(group.brokers.filter((broker) => broker.role === "master").length).toBe(
            of.mode === "dledger" || of.mode === "controller" ? 0 : 1,
          );
          expect(group.acknowledgedReplicas).toBeLessThanOrEqual(group.brokers.length);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("a steppable clock", () => {
  it("is the brokers' alone, and only where it was asked for", () => {
    const { nodes } = plan("mode: controller\nsteppableClock: true");
    const faked = nodes.filter(({ environment }) => environment["LD_PRELOAD"] !== undefined);
    expect(faked.map(({ kind }) => kind)).toEqual(["broker", "broker", "broker"]);
    expect(faked[0]?.environment).toMatchObject({
      FAKETIME_TIMESTAMP_FILE: "/var/lib/rocketmq/clock-offset",
      FAKETIME_FORCE_MONOTONIC_FIX: "0",
    });
    const plain = plan("mode: controller\nsteppableClock: false");
    expect(plain.nodes.filter(({ environment }) => "LD_PRELOAD" in environment)).toEqual([]);
  });
});
