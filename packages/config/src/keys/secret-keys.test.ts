import { describe, expect, it } from "vitest";
import { configKeys, configKinds } from "./key-table.ts";
import { redact } from "./redact.ts";
import { isSecretKey, secretKeys } from "./secret-keys.ts";

/** Texts whose names sound like secrets, and which hold none: paths, classes, lists of addresses and request codes. */
const harmless: ReadonlySet<string> = new Set([
  "authConfigPath",
  "authenticationMetadataProvider",
  "authenticationProvider",
  "authenticationStrategy",
  "authenticationWhitelist",
  "authorizationMetadataProvider",
  "authorizationProvider",
  "authorizationStrategy",
  "authorizationWhitelist",
  "heartbeatSyncerTopicClusterName",
  "heartbeatSyncerTopicName",
  "remotingAccessAddr",
  "tlsCertPath",
  "tlsKeyPath",
]);
const sounding = /secret|pass|token|cred|access|auth|user|key|tls|cert/i;

describe("every key of RocketMQ's table", () => {
  const table = configKinds.flatMap((kind) => [...configKeys(kind)]);

  it("is judged: a text that sounds like a secret is in one list or the other", () => {
    const unjudged = table
      .filter(([key, { type }]) => type === "String" && sounding.test(key))
      .filter(([key]) => !secretKeys.has(key) && !harmless.has(key));
    expect(unjudged).toEqual([]);
  });

  it("is hidden if it is in the list, and only then", () => {
    for (const [key] of table) expect([key, isSecretKey(key)]).toEqual([key, secretKeys.has(key)]);
    for (const key of secretKeys) expect(table.map(([name]) => name)).toContain(key);
  });

  it("keeps its value in a text if it is no secret, and loses it in every form if it is", () => {
    const json = JSON.stringify({ username: "u-5ecret", password: "p-5ecret" });
    for (const [key] of table) {
      const texts = [
        `${key}=x-5ecret`,
        `ROCKETMQ_${key}=x-5ecret`,
        `2026-01-01 INFO main - ${key}=x-5ecret`,
        JSON.stringify({ Env: [`ROCKETMQ_CONF=a=1\n${key}=x-5ecret\nb=2`] }),
        JSON.stringify({ properties: { [key]: "x-5ecret" } }),
        `io.hotfire.spec: '${JSON.stringify({ properties: { [key]: "x-5ecret" } })}'`,
        `  ${key}: "x-5ecret"`,
      ];
      const hides = secretKeys.has(key);
      for (const text of texts) expect([text, redact(text).includes("5ecret")]).toEqual([text, !hides]);
      if (!hides) continue;
      for (const text of [`${key}=${json}`, JSON.stringify({ Env: [`ROCKETMQ_${key}=${json}`] })]) {
        expect([text, /5ecret/.test(redact(text))]).toEqual([text, false]);
      }
    }
  });
});

describe("other names", () => {
  it.each(["DB_PASSWORD", "apiToken", "secretKey", "password", "tls.server.keyPassword", "passwordHash"])(
    "%s is a secret",
    (name) => expect(isSecretKey(name)).toBe(true),
  );
  it.each(["tokenExpireSeconds", "secretPath", "keyHash", "brokerName", "enableSecretRotationEnabled"])(
    "%s is none",
    (name) => expect(isSecretKey(name)).toBe(false),
  );
});
