import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ConfigFile, readConfigFile } from "../lint/config-file.ts";
import { planCluster } from "../plan/plan-cluster.ts";
import { renderFiles } from "../render/render-files.ts";
import { arbitrarySpec } from "../spec/arbitrary-spec.ts";
import type { ClusterSpec } from "../spec/cluster-spec.ts";
import { checkSpec, parseSpec } from "../spec/parse-spec.ts";
import { importFiles } from "./import-files.ts";
import { importText } from "./import-text.ts";

const examples = new URL("../../../../examples/", import.meta.url);

function filesOf(folder: string): ConfigFile[] {
  const names = readdirSync(new URL(folder, examples)).sort();
  return names.map((name) =>
    readConfigFile(name, readFileSync(new URL(`${folder}/${name}`, examples), "latin1")),
  );
}

const files = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([path, text]) => readConfigFile(path, text));

/** What runs: every node's own configuration. */
const running = (spec: ClusterSpec) =>
  planCluster(spec).nodes.flatMap(({ name, kind, properties }) =>
    kind === "proxy" || kind === "console" ? [] : [{ name, properties }],
  );

describe("import", () => {
  test.each(["seed-dledger-2x3", "seed-2m-2s-async"])(
    "the seed's files run as %s.yaml, which was written by hand",
    (example) => {
      const byHand = parseSpec(readFileSync(new URL(`${example}.yaml`, examples)));
      const { spec } = importFiles(
        filesOf(`seed/${example === "seed-dledger-2x3" ? "dledger" : "2m-2s-async"}`),
        example,
      );
      // Files of RocketMQ's are imported with its own failover.
      expect(running(spec)).toEqual(
        running({ ...byHand, ...(spec.failover && { failover: spec.failover }) }),
      );
    },
  );

  test("what cannot be kept is named in the spec", () => {
    const text = importText(importFiles(filesOf("seed/dledger"), "seed"));
    expect(text).toContain("#   broker-a-2: broker-a-n2.conf on 192.168.2.174");
    expect(text).toMatch(/# Not kept:\n# {3}storePathRootDir: .*\/tmp\/rmqstore\/broker-a/);
    expect(parseSpec(text)).toMatchObject({ name: "seed", mode: "dledger", namesrvs: 6 });
  });

  test("a property goes where it is shared", () => {
    const broker = (group: string, id: number, more: string) =>
      `brokerName=${group}\nbrokerId=${id}\nbrokerRole=${id === 0 ? "ASYNC_MASTER" : "SLAVE"}\nfileReservedTime=48\n${more}`;
    const { input } = importFiles(
      files({
        "a.conf": broker("broker-a", 0, "deleteWhen=04\nbrokerPermission=4\n"),
        "a-s.conf": broker("broker-a", 1, "deleteWhen=04\n"),
        "b.conf": broker("broker-b", 0, ""),
        "b-s.conf": broker("broker-b", 1, ""),
      }),
      "shared",
    );
    expect(input.properties).toEqual({ fileReservedTime: "48" });
    expect(input.groups).toEqual([
      {
        name: "broker-a",
        properties: { deleteWhen: "04" },
        nodes: [{ properties: { brokerPermission: "4" } }, {}],
      },
      { name: "broker-b" },
    ]);
  });

  test("SYNC_MASTER alone is imported as what it does", () => {
    const of = (more: string) =>
      importFiles(
        files({
          "a.conf": `brokerName=a\nbrokerRole=SYNC_MASTER\n${more}`,
          "s.conf": "brokerName=a\nbrokerId=1\nbrokerRole=SLAVE\n",
        }),
        "sync",
      ).spec.mode;
    expect(of("")).toBe("master-slave-async");
    expect(of("totalReplicas=2\ninSyncReplicas=2\n")).toBe("master-slave-sync");
  });

  test("files of no broker are refused", () => {
    expect(() => importFiles(files({ "x.conf": "a=b" }), "none")).toThrow(
      expect.objectContaining({ code: "IMPORT_EMPTY" }),
    );
  });

  test("an export, imported, runs the same", () => {
    fc.assert(
      fc.property(arbitrarySpec, (given) => {
        const spec = checkSpec(withSoundProperties(given), "given");
        const exported = renderFiles(planCluster(spec)).filter(({ name }) => name.endsWith(".conf"));
        const { spec: imported } = importFiles(
          exported.map(({ name, text }) => readConfigFile(name, text)),
          spec.name,
        );
        expect(running(imported)).toEqual(running(spec));
      }),
      { numRuns: 40 },
    );
  });
});

/** The arbitrary's properties hold keys and values that RocketMQ would not take. */
function withSoundProperties(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSoundProperties);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      if (key !== "properties") return [key, withSoundProperties(entry)];
      const sound = Object.entries(Object(entry)).flatMap(([name, text]) => {
        if (name === "x.y") return [];
        return [[name, name === "fileReservedTime" ? String(text).length : String(text).trim()]];
      });
      return [key, Object.fromEntries(sound)];
    }),
  );
}
