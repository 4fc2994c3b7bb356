import { describe, expect, it } from "vitest";
import { SpecError, type SpecIssue } from "../errors/spec-error.ts";
import { parseSpec } from "./parse-spec.ts";

function failure(text: string | Uint8Array): SpecError {
  try {
    parseSpec(text, { source: "cluster.yaml" });
  } catch (error) {
    if (error instanceof SpecError) return error;
    throw error;
  }
  throw new Error("the spec was accepted");
}

const brief = (issue: SpecIssue) => `${issue.line}:${issue.column} ${issue.code} ${issue.path.join(".")}`;

const valid = "version: 1\nname: demo\nmode: dledger\n";

describe("a cluster spec", () => {
  it("needs a version, a name and a mode, and fills in the rest", () => {
    expect(parseSpec(valid)).toMatchObject({
      clusterName: "DefaultCluster",
      rocketmq: "5.5.0",
      groups: 1,
      replicas: 3,
      namesrvs: 2,
      controllers: 0,
      proxy: false,
      bind: "127.0.0.1",
      memory: { broker: 1024 ** 3 },
    });
  });

  it("may be JSON", () => {
    expect(parseSpec('{"version": 1, "name": "demo", "mode": "dledger"}')).toEqual(parseSpec(valid));
  });

  it("keeps the text of properties: 04 is not 4, 1.0 is not 1", () => {
    const spec = parseSpec(`${valid}properties: { deleteWhen: 04, a: 1.0, b: true, c: "x y", d: 0x10 }\n`);
    expect(spec.properties).toEqual({ deleteWhen: "04", a: "1.0", b: "true", c: "x y", d: "0x10" });
  });

  it("takes a key with nothing behind it as absent", () => {
    expect(parseSpec(`${valid}properties:\n  # fileReservedTime: 24\nproxy:\n`)).toEqual(parseSpec(valid));
  });

  it("is the same after a round trip through a container's label", () => {
    const spec = parseSpec(
      `${valid}groups: [{ name: broker-a, nodes: [{ properties: { a: 04 } }] }]\nproxy: true\n`,
    );
    expect(parseSpec(JSON.stringify(spec))).toEqual(spec);
  });
});

describe("mistakes", () => {
  it("are all reported at once, in order, each where it stands", () => {
    const error = failure(`version: 2
name: My Cluster
mod: dledger
mode: dledgr
groups:
  - name: broker-a
    replica: 3
  - nam: x
memory: { broker: lots }
ports: { namesrv: 99999 }
`);
    expect(error.code).toBe("SPEC_INVALID");
    expect(error.issues.map(brief)).toEqual([
      "1:10 VALUE_INVALID version",
      "3:1 KEY_UNKNOWN mod",
      "4:7 VALUE_INVALID mode",
      "7:5 KEY_UNKNOWN groups.0.replica",
      "8:5 KEY_MISSING groups.1.name",
      "8:5 KEY_UNKNOWN groups.1.nam",
      "9:19 VALUE_TYPE memory.broker",
      "10:19 VALUE_INVALID ports.namesrv",
    ]);
  });

  it("of shape do not hide mistakes of meaning elsewhere", () => {
    const error = failure(`${valid}namesrvs: many\nreplicas: 2\nproperties: { brokerId: 3 }\n`);
    expect(error.issues.map(brief)).toEqual([
      "4:11 VALUE_TYPE namesrvs",
      "5:11 REPLICAS replicas",
      "6:15 PROPERTY_OWNED properties.brokerId",
    ]);
  });

  it("are shown with their line, a mark and what was probably meant", () => {
    expect(failure(`${valid}replica: 3\n`).message).toBe(
      [
        "cluster.yaml has a mistake:",
        "cluster.yaml:4:1: replica: no such key",
        "  4 | replica: 3",
        "    | ^",
        "  Did you mean replicas?",
      ].join("\n"),
    );
  });

  it.each<[string, string, string]>([
    ["mode: single-master\nreplicas: 2", "REPLICAS replicas", "For slaves choose"],
    ["mode: single-master\ngroups: 2", "REPLICAS groups", "multi-master"],
    ["mode: multi-master\ngroups: 1", "REPLICAS groups", "single-master"],
    ["mode: master-slave-sync\nreplicas: 1", "REPLICAS replicas", "multi-master"],
    ["mode: dledger\nreplicas: 1", "REPLICAS replicas", "replicas: 3"],
    ["mode: dledger\nreplicas: 2", "REPLICAS replicas", "replicas: 3"],
    ["mode: controller\nreplicas: 1", "REPLICAS replicas", "replicas: 3"],
    ["mode: controller\ncontrollers: 0", "REPLICAS controllers", "controllers: 3"],
    ["mode: dledger\ncontrollers: 3", "MODE_MISMATCH controllers", "mode"],
    ["mode: dledger\nwhenSlaveIsGone: refuse", "MODE_MISMATCH whenSlaveIsGone", "mode"],
    ["mode: dledger\nnamesrvs: 0", "REPLICAS namesrvs", "namesrvs: 2"],
    ["mode: dledger\ngroups: []", "REPLICAS groups", ""],
    ["mode: dledger\ngroups: [{ name: namesrv }]", "NAME groups.0.name", "broker-a"],
    ["mode: dledger\ngroups: [{ name: a }, { name: A }]", "NAME groups.1.name", "name of its own"],
    [
      "mode: dledger\ngroups: [{ name: a, nodes: [{}, {}, {}, {}] }]",
      "REPLICAS groups.0.nodes",
      "replicas: 4",
    ],
    ["mode: multi-master\nfailover: fast", "MODE_MISMATCH failover", "dledger"],
    ["mode: dledger\nfailover: quick", "VALUE_TYPE failover", ""],
    [
      "mode: dledger\nfailover: { heartbeatMs: 100, silenceMs: 200 }",
      "FAILOVER failover.silenceMs",
      "300 or more",
    ],
    ["mode: dledger\nrocketmq: 4.9.8", "VALUE_INVALID rocketmq", "5.5.0"],
    ["mode: dledger\nclusterName: a b", "NAME clusterName", "topic"],
    ["mode: dledger\nmemory: { broker: 100m }", "MEMORY memory.broker", "512m"],
    ["mode: dledger\nmemory: { broker: 1024 }", "MEMORY memory.broker", "bytes"],
    ["mode: dledger\nports: { dledger: 10912 }", "PORT ports.dledger", "Move"],
    ["mode: dledger\nports: { namesrv: 65535 }", "PORT ports.namesrv", "Lower"],
    ["mode: dledger\nproxy: true\nports: { proxy: 9877 }", "PORT ports.proxy", "Move"],
    ["mode: dledger\nadvertise: 10.0.0.1\nports: { broker: 9876 }", "PORT ports.broker", "10 apart"],
    ["mode: dledger\nbind: localhost", "ADDRESS bind", "0.0.0.0"],
    ["mode: dledger\nadvertise: 0.0.0.0", "ADDRESS advertise", "bind"],
    ["mode: dledger\nadvertise: 127.0.0.1", "ADDRESS advertise", "host.docker.internal"],
    ["mode: dledger\nadvertise: http://x:10911", "ADDRESS advertise", "scheme and port"],
    ["mode: dledger\nadvertise: '::1'", "ADDRESS advertise", "IPv4"],
    [
      "mode: dledger\nproperties: { storePathRootDir: /data }",
      "PROPERTY_OWNED properties.storePathRootDir",
      "",
    ],
    ["mode: dledger\nproperties: { 'a b': 1 }", "PROPERTY_INVALID properties.a b", "exactly"],
    ['mode: dledger\nproperties: { a: "1\\n2" }', "PROPERTY_INVALID properties.a", ""],
    [
      "mode: dledger\nproperties: { maxMessageSize: 11534337 }",
      "MODE_MISMATCH properties.maxMessageSize",
      "mode: controller",
    ],
    ["mode: dledger\nproperties: { a: [1] }", "VALUE_TYPE properties.a", ""],
    ["mode: dledger\ncontrollerProperties: { a: 1 }", "MODE_MISMATCH controllerProperties", "controller"],
    ["mode: dledger\nproxy: { replicas: x }", "VALUE_TYPE proxy.replicas", ""],
    ["mode: dledger\ngroups: x", "VALUE_TYPE groups", ""],
  ])("%s", (text, expected, hint) => {
    const { issues } = failure(`version: 1\nname: demo\n${text}\n`);
    expect(issues.map((issue) => `${issue.code} ${issue.path.join(".")}`)).toEqual([expected]);
    expect(issues[0]?.hint ?? "").toContain(hint);
    expect(issues[0]?.line).toBeGreaterThan(0);
  });

  it("lets a property through in the modes where the generator does not own it", () => {
    const text = (mode: string) =>
      `version: 1\nname: demo\nmode: ${mode}\nproperties: { enableSlaveActingMaster: true }\n`;
    expect(parseSpec(text("master-slave-async")).properties).toEqual({ enableSlaveActingMaster: "true" });
    expect(failure(text("master-slave-sync")).issues[0]?.code).toBe("PROPERTY_OWNED");
  });
});

describe("a text that is no spec", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["an empty file", "", "VALUE_TYPE"],
    ["a list", "- a\n", "VALUE_TYPE"],
    ["broken YAML", "version: 1\n  name: [\n", "YAML_SYNTAX"],
    ["tabs", "memory:\n\tbroker: 1g\n", "YAML_SYNTAX"],
    ["two documents", `${valid}---\n${valid}`, "YAML_SYNTAX"],
    ["a duplicate key", `${valid}name: other\n`, "KEY_DUPLICATE"],
    ["a bomb of aliases", bomb(), "YAML_TOO_COMPLEX"],
    [
      "a crowd of aliases",
      `a: &a 1\n${"b: [*a]\n".repeat(1000).replaceAll("b", () => `b${Math.random()}`)}`,
      "YAML_TOO_COMPLEX",
    ],
    ["a bomb of dashes", "- ".repeat(100_000), "YAML_TOO_COMPLEX"],
    ["a bomb of brackets", `a: ${"[".repeat(100_000)}`, "YAML_TOO_COMPLEX"],
    ["a bomb of indents", deepMap(500), "YAML_TOO_COMPLEX"],
    ["a huge file", `# ${"x".repeat(2_000_000)}`, "TOO_LARGE"],
    ["UTF-16", Uint8Array.from([0xff, 0xfe, 0x61, 0x00]), "ENCODING"],
    ["Latin-1", Uint8Array.from([0x61, 0x3a, 0x20, 0xe4]), "ENCODING"],
    ["binary", "\u0000\u0001\u0002", "ENCODING"],
  ])("%s is refused with a reason", (_, text, code) => {
    expect(failure(text).issues[0]?.code).toBe(code);
  });

  it("may start with a byte order mark", () => {
    expect(parseSpec(`\uFEFF${valid}`)).toEqual(parseSpec(valid));
    expect(parseSpec(new TextEncoder().encode(valid))).toEqual(parseSpec(valid));
  });
});

function bomb(): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 12; level++) {
    lines.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(", ")}]`,
    );
  }
  return lines.join("\n");
}

function deepMap(depth: number): string {
  return Array.from({ length: depth }, (_, level) => `${" ".repeat(level)}a:`).join("\n");
}
