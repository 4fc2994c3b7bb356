import { readConfigFile, secretKeys } from "@hotfire/config";
import { describe, expect, test } from "vitest";
import { SpecError } from "../../errors/spec-error.ts";
import { importFiles } from "../../import/import-files.ts";
import { importText } from "../../import/import-text.ts";
import { planCluster } from "../../plan/plan-cluster.ts";
import { specFromLabel } from "../../render/spec-label.ts";
import { parseSpec } from "../parse-spec.ts";

const secret = "correct-horse";

function refusal(text: string): SpecError {
  try {
    parseSpec(text);
  } catch (error) {
    if (error instanceof SpecError) return error;
    throw error;
  }
  throw new Error("the spec was taken");
}

describe("a spec", () => {
  const spec = (more: string) => `version: 1\nname: one\nmode: master-slave-async\n${more}`;

  test.each([...secretKeys, "pluginAccessToken"])(
    "takes no %s, and the refusal does not repeat it",
    (key) => {
      const error = refusal(spec(`properties:\n  ${key}: ${secret}\n`));
      expect(error.issues).toMatchObject([{ code: "PROPERTY_SECRET", path: ["properties", key], line: 5 }]);
      expect(error.message).toContain("/etc/rocketmq/rocketmq.conf");
      expect(`${error.message} ${JSON.stringify(error)}`).not.toContain(secret);
    },
  );

  test.each([
    ["name servers", `namesrvProperties: { tlsKeyPassword: ${secret} }`],
    ["proxies", `proxy: true\nproxyProperties: { innerClientAuthenticationCredentials: ${secret} }`],
    ["a group", `groups: [{ name: broker-a, properties: { objectStoreSecretKey: ${secret} } }]`],
    [
      "one broker",
      `groups: [{ name: broker-a, nodes: [{ properties: { objectStoreSecretKey: ${secret} } }] }]`,
    ],
  ])("takes none for %s", (_, more) => {
    expect(refusal(spec(more)).issues.map(({ code }) => code)).toEqual(["PROPERTY_SECRET"]);
  });

  test("takes what only speaks of secrets, and an empty value", () => {
    const { properties } = parseSpec(
      spec("properties: { tlsKeyPath: /x.key, objectStoreSecretKey: '', authenticationEnabled: false }"),
    );
    expect(Object.keys(properties)).toHaveLength(3);
  });

  test("of a running cluster is read as it is: an older version may have taken one", () => {
    const { properties, ...rest } = parseSpec(spec(""));
    const label = JSON.stringify({ ...rest, properties: { ...properties, objectStoreSecretKey: secret } });
    expect(planCluster(specFromLabel(label)).nodes).not.toEqual([]);
  });
});

test("import leaves secrets out and says where they belong", () => {
  const text = `brokerName=broker-a\nbrokerId=0\nobjectStoreSecretKey=${secret}\nfileReservedTime=24\n`;
  const imported = importFiles([readConfigFile("broker.conf", text)], "one");
  const written = importText(imported);
  expect(written).toContain("# ");
  expect(written).toMatch(/^# {3}objectStoreSecretKey: .*rocketmq\.conf/m);
  expect(written).toContain("fileReservedTime: 24");
  expect(written).not.toContain(secret);
  expect(parseSpec(written).properties).toEqual({ fileReservedTime: "24" });
});
