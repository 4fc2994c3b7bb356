import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SpecError } from "../errors/spec-error.ts";
import { planCluster } from "../plan/plan-cluster.ts";
import { modePromise, modes } from "../spec/modes.ts";
import { withOverrides } from "../spec/overrides.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import { initSpec } from "./init-spec.ts";
import { loadPreset, presetNames } from "./presets.ts";

describe("presets", () => {
  it.each(presetNames)("%s: its commented spec means the same", (name) => {
    expect(parseSpec(initSpec(name))).toEqual(loadPreset(name));
    expect(loadPreset(name).name).toBe(name);
  });

  it.each(presetNames)("%s: every suggestion in its commented spec is valid", (name) => {
    for (const [line, key] of initSpec(name).matchAll(/^# ([a-z]\w*): \S.*$/gm)) {
      if (key === "groups") continue;
      expect(() => parseSpec(`${initSpec(name)}${line.slice(2)}\n`), line).not.toThrow();
    }
  });

  it("has one for every mode, each with a promise", () => {
    expect(new Set(presetNames.map((name) => loadPreset(name).mode))).toEqual(new Set(modes));
    for (const mode of modes) expect(modePromise(mode)).toMatch(/\.$/);
  });

  it("suggests the preset that was meant", () => {
    expect(() => loadPreset("dleger")).toThrow(
      expect.objectContaining({ code: "PRESET_UNKNOWN", hint: expect.stringContaining("dledger") }),
    );
  });
});

describe("overrides", () => {
  const spec = loadPreset("dledger");

  it("change what they name and nothing else", () => {
    const changed = withOverrides(spec, {
      name: "mine",
      portOffset: 100,
      proxy: true,
      memory: { broker: 2 ** 30 * 2 },
    });
    expect(changed).toEqual({
      ...spec,
      name: "mine",
      proxy: { replicas: 1 },
      ports: { ...spec.ports, offset: 100 },
      memory: { ...spec.memory, broker: 2 ** 31 },
    });
    expect(withOverrides(spec, {})).toEqual(spec);
  });

  it("are checked like the spec", () => {
    expect(() => withOverrides(spec, { portOffset: 60_000, name: "Not OK" })).toThrow(SpecError);
  });
});

describe("examples", () => {
  const folder = new URL("../../../../examples/", import.meta.url);
  const read = (file: string) =>
    planCluster(parseSpec(readFileSync(new URL(file, folder)), { source: file }));

  it.each(readdirSync(folder).filter((file) => file.endsWith(".yaml")))("%s is valid", (file) => {
    expect(read(file).nodes.length).toBeGreaterThan(0);
  });

  it("guide-2m-2s-async.yaml says what its author's four files say", () => {
    const { nodes } = read("guide-2m-2s-async.yaml");
    expect(nodes.filter((node) => node.kind === "namesrv")).toHaveLength(4);
    const brokers = nodes.filter((node) => node.kind === "broker");
    const expected = [
      ["broker-a", "0", "ASYNC_MASTER"],
      ["broker-a", "1", "SLAVE"],
      ["broker-b", "0", "ASYNC_MASTER"],
      ["broker-b", "1", "SLAVE"],
    ];
    expect(brokers).toHaveLength(expected.length);
    for (const [index, [brokerName, brokerId, brokerRole]] of expected.entries()) {
      expect(brokers[index]?.properties).toMatchObject({
        brokerClusterName: "RocketMQCluster",
        brokerName,
        brokerId,
        brokerRole,
        deleteWhen: "04",
        fileReservedTime: "48",
        flushDiskType: "ASYNC_FLUSH",
        namesrvAddr: "namesrv-0:9876;namesrv-1:9876;namesrv-2:9876;namesrv-3:9876",
      });
    }
  });

  it("guide-dledger-2x3.yaml says what its author's six files mean", () => {
    const { nodes } = read("guide-dledger-2x3.yaml");
    expect(nodes.filter((node) => node.kind === "namesrv")).toHaveLength(6);
    const brokers = nodes.filter((node) => node.kind === "broker");
    expect(brokers).toHaveLength(6);
    for (const { group, index, properties } of brokers) {
      expect(properties).toMatchObject({
        brokerClusterName: "RaftCluster",
        brokerName: group,
        listenPort: "30911",
        enableDLegerCommitLog: "true",
        dLegerGroup: group,
        dLegerPeers: [0, 1, 2].map((peer) => `n${peer}-${group}-${peer}:40911`).join(";"),
        dLegerSelfId: `n${index}`,
        sendMessageThreadPoolNums: "4",
      });
    }
  });
});
