import { configKeys, configKinds, secretKeys } from "@hotfire/config";
import { requestCodes } from "@hotfire/remoting";
import { expect, test } from "vitest";
import { FakeCluster, withMaster, withNamesrv } from "../testing/fake-cluster.ts";
import { watched } from "../testing/watched.ts";
import { auditable } from "./http/audit.ts";
import { changeConfig, readConfig } from "./rocketmq/configs.ts";

/** Every key of every kind, each with a value that can be found again. */
const keys = [...new Set(configKinds.flatMap((kind) => [...configKeys(kind).keys()]))];
const values = Object.fromEntries(keys.map((key) => [key, `value-of-${key}`]));
const told = (text: string) => keys.filter((key) => text.includes(`value-of-${key}"`));
const plain = keys.filter((key) => !secretKeys.has(key));

async function withEveryKey() {
  const cluster = withNamesrv(new FakeCluster(), { "broker-a": { 0: "a:1" } });
  withMaster(cluster, "a:1", values).answer("a:1", requestCodes.UPDATE_BROKER_CONFIG, {});
  return watched(cluster, 1);
}

test("the configuration page is told every value but the secret ones", async () => {
  await using it = await withEveryKey();
  const text = JSON.stringify(await readConfig(it.access));
  expect(told(text).toSorted()).toEqual(plain.toSorted());
});

test("a refusal says what a value is by now, and not a secret one", async () => {
  await using it = await withEveryKey();
  for (const key of ["fileReservedTime", ...secretKeys]) {
    const change = {
      nodes: ["broker-a@a:1"],
      properties: { [key]: "new" },
      expected: { [key]: { "broker-a@a:1": "guessed" } },
    };
    const refusal = await changeConfig(it.access, change).catch((error: unknown) => String(error));
    expect([key, String(refusal).includes(`value-of-${key}`)]).toEqual([key, !secretKeys.has(key)]);
  }
});

test("the audit log has the values that a change sent, but the secret ones", () => {
  const entry = auditable({ nodes: ["a"], properties: values, expected: { ...values } });
  expect(told(JSON.stringify(entry)).toSorted()).toEqual(plain.toSorted());
});
