import { readdirSync, readFileSync } from "node:fs";
import { type ConfigFile, readConfigFile } from "@hotfire/config";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
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
  test.each(["guide-dledger-2x3", "guide-2m-2s-async"])(
    "the guide's files run as %s.yaml, which was written by hand",
    (example) => {
      const byHand = parseSpec(readFileSync(new URL(`${example}.yaml`, examples)));
      const { spec } = importFiles(
        filesOf(`guide/${example === "guide-dledger-2x3" ? "dledger" : "2m-2s-async"}`),
        example,
      );
      // Files of RocketMQ's are imported with its own failover.
      expect(running(spec)).toEqual(
        running({ ...byHand, ...(spec.failover && { failover: spec.failover }) }),
      );
    },
  );

  test("what cannot be kept is named in the spec", () => {
    const text = importText(importFiles(filesOf("guide/dledger"), "guide"));
    expect(text).toContain("#   broker-a-2: broker-a-n2.conf on 192.168.2.174");
    expect(text).toMatch(/# Not kept:\n# {3}storePathRootDir: .*\/tmp\/rmqstore\/broker-a/);
    expect(parseSpec(text)).toMatchObject({ name: "guide", mode: "dledger", namesrvs: 6 });
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

  describe("keeps or says", () => {
    const imported = (texts: Readonly<Record<string, string>>) => importFiles(files(texts), "kept");
    const loud = (texts: Readonly<Record<string, string>>) =>
      imported(texts).changes.flatMap(({ file, line, isLoud }) => (isLoud ? [`${file}:${line ?? "-"}`] : []));

    test.each([
      [
        "a slave with a brokerName of its own",
        { "m.conf": "brokerName=m\n", "s.conf": "brokerName=s\nbrokerId=1\nbrokerRole=SLAVE\n" },
        "s.conf:1",
      ],
      ["two masters of one group", { "a.conf": "brokerName=a\n", "b.conf": "brokerName=a\n" }, "b.conf:1"],
      [
        "two members of one id",
        Object.fromEntries(
          ["n0", "n0"].map((id, index) => [
            `${index}.conf`,
            `brokerName=a\nenableDLegerCommitLog=true\ndLegerGroup=a\ndLegerPeers=n0-h0:1;n1-h1:1;n2-h2:1\ndLegerSelfId=${id}\n`,
          ]),
        ),
        "1.conf:5",
      ],
    ])("%s is refused, with the line", (_, texts, where) => {
      expect(() => imported(texts)).toThrow(
        expect.objectContaining({ code: "IMPORT_UNFAITHFUL", message: expect.stringContaining(where) }),
      );
    });

    test("one Raft group under three brokerNames as one group of three, loudly", () => {
      const member = (index: number) =>
        `brokerName=m${index}\nenableDLegerCommitLog=true\ndLegerGroup=orders\ndLegerPeers=n0-h0:40911;n1-h1:40911;n2-h2:40911\ndLegerSelfId=n${index}\n`;
      const texts = { "0.conf": member(0), "1.conf": member(1), "2.conf": member(2) };
      expect(imported(texts).input).toMatchObject({
        mode: "dledger",
        replicas: 3,
        groups: [{ name: "orders" }],
      });
      expect(loud(texts)).toContain("0.conf:1");
    });

    test("SYNC_MASTER that waits for nobody, and members without files, loudly", () => {
      expect(loud({ "m.conf": "brokerName=a\nbrokerRole=SYNC_MASTER\n" })).toEqual(["m.conf:2"]);
      const alone =
        "brokerName=a\nenableDLegerCommitLog=true\ndLegerGroup=a\ndLegerPeers=n0-h0:1;n1-h1:1;n2-h2:1\ndLegerSelfId=n0\n";
      expect(loud({ "n0.conf": alone })).toEqual(["n0.conf:4"]);
    });

    test("controllers inside name servers as controllers, and nothing of them in namesrvProperties", () => {
      const namesrv = (id: string) =>
        `listenPort=9876\nenableControllerInNamesrv=true\ncontrollerDLegerGroup=c\ncontrollerDLegerPeers=n0-h0:9878;n1-h1:9878;n2-h2:9878\ncontrollerDLegerSelfId=${id}\nenableElectUncleanMaster=true\nscanNotActiveBrokerInterval=3000\n`;
      const broker = (id: number) =>
        `brokerName=a\nbrokerId=${id}\nenableControllerMode=true\ncontrollerAddr=h0:9878;h1:9878;h2:9878\ntotalReplicas=2\ninSyncReplicas=2\n`;
      const { input, changes } = imported({
        "namesrv-0.conf": namesrv("n0"),
        "namesrv-1.conf": namesrv("n1"),
        "namesrv-2.conf": namesrv("n2"),
        "b0.conf": broker(0),
        "b1.conf": broker(1),
      });
      expect(input).toMatchObject({
        mode: "controller",
        controllers: 3,
        electUncleanMaster: true,
        controllerProperties: { scanNotActiveBrokerInterval: "3000" },
      });
      expect(input.namesrvProperties).toBeUndefined();
      expect(changes.map(({ what }) => what)).toContain(
        "3 controllers inside name servers become nodes of their own",
      );
    });

    test("proxies with their own keys, comments without them, and other software's files not at all", () => {
      const { input, changes } = imported({
        "broker.conf": "brokerClusterName=shop\nbrokerName=a # the first\naclEnable=true\n",
        "rmq-proxy.json": '{ "rocketMQClusterName": "shop", "maxMessageGroupSize": 0 }',
        "nginx.conf": "http {\n  listen 80;\n}\n",
        "plain_acl.yml": "accounts:\n- accessKey: app\n",
      });
      expect(input).toMatchObject({
        groups: [{ name: "a" }],
        proxy: true,
        proxyProperties: { maxMessageGroupSize: "0" },
      });
      expect(input.properties).toBeUndefined();
      expect(changes.map(({ file, line }) => `${file}:${line ?? "-"}`)).toEqual([
        "nginx.conf:-",
        "plain_acl.yml:-",
        "broker.conf:2",
        "broker.conf:3",
      ]);
    });
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

/** Behind a `#` there is no value of a key that takes hours or levels: import leaves such text out, and says so. */
function soundValue(name: string, text: string): string | number {
  if (name === "fileReservedTime") return text.length;
  if (name === "deleteWhen") return String(text.length % 24).padStart(2, "0");
  if (name === "messageDelayLevel") return `${text.length + 1}s`;
  return text.trim();
}

/** The arbitrary's properties hold keys and values that RocketMQ would not take. */
function withSoundProperties(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSoundProperties);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      if (key !== "properties") return [key, withSoundProperties(entry)];
      const sound = Object.entries(Object(entry)).flatMap(([name, text]) => {
        if (name === "x.y") return [];
        return [[name, soundValue(name, String(text))]];
      });
      return [key, Object.fromEntries(sound)];
    }),
  );
}
