/**
 * @module-tag quick
 * What a user configures, and what is refused.
 */
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brokerConfig, createRemotingClient } from "@hotfire/remoting";
import { describe, expect, it } from "vitest";
import { keyTableOf } from "../../scripts/config-keys.ts";
import { images, runImage, startContainer } from "../support/container.ts";
import { addressOf } from "../support/docker.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { until } from "../support/until.ts";

describe("a broker's configuration", () => {
  it("comes from a mounted file, ROCKETMQ_CONF over it, and single variables over both", async () => {
    await using folder = await tempFolder();
    await chmod(folder.path, 0o755);
    const file = join(folder.path, "rocketmq.conf");
    const lines = [
      "brokerName=from-file",
      "flushDiskType=ASYNC_FLUSH",
      "fileReservedTime=11",
      "deleteWhen=01",
    ];
    await writeFile(file, `${lines.join("\n")}\n`);
    const variables = {
      ROCKETMQ_CONF: "fileReservedTime=22\ndeleteWhen=02\n",
      ROCKETMQ_flushDiskType: "SYNC_FLUSH",
      ROCKETMQ_deleteWhen: "03",
    };
    const env = Object.entries(variables).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
    const volume = `${file}:/etc/rocketmq/rocketmq.conf:ro`;
    await using container = await startContainer("configured", images.broker, [
      "--memory",
      "1g",
      "-v",
      volume,
      ...env,
    ]);

    await using client = createRemotingClient();
    const address = `${await addressOf(container.name)}:10911`;
    const { properties } = await until("the broker answers", () => brokerConfig(client, address), {
      deadlineMs: 60_000,
    });
    expect(Object.fromEntries(properties)).toMatchObject({
      brokerName: "from-file",
      fileReservedTime: "22",
      deleteWhen: "03",
      flushDiskType: "SYNC_FLUSH",
    });
  });
});

describe("what RocketMQ would ignore in silence stops the start", () => {
  it.each([
    [
      "an unknown key",
      "broker",
      "flushDisktype=SYNC_FLUSH",
      "RocketMQ's broker has no key flushDisktype (value 'SYNC_FLUSH'): did you mean flushDiskType?",
    ],
    [
      "a number that is none",
      "broker",
      "fileReservedTime=72h",
      "fileReservedTime is '72h', and has to be a whole number (int)",
    ],
    [
      "an enum's value in small letters",
      "controller",
      "enableElectUncleanMaster=ja",
      "enableElectUncleanMaster is 'ja', and has to be true or false",
    ],
    [
      "a proxy's key",
      "proxy",
      '{"grpcServerProt": 8081}',
      "RocketMQ's proxy has no key grpcServerProt (value '8081'): did you mean grpcServerPort?",
    ],
  ])("%s", async (_what, role, text, line) => {
    const result = await runImage(images.broker, ["--env", `ROCKETMQ_CONF=${text}`], [role]);
    expect(result.code).toBe(78);
    expect(result.stderr.split("\n")[0]).toBe(`hotfire: ${line}`);
  });

  it("unless that is wanted, and then it is said", async () => {
    const options = ["--env", "ROCKETMQ_CONF=brokerNmae=x", "--env", "HOTFIRE_UNCHECKED_KEYS=true"];
    await using container = await startContainer("unchecked", images.broker, ["--memory", "1g", ...options]);
    await using client = createRemotingClient();
    const address = `${await addressOf(container.name)}:10911`;
    await until("the broker answers", () => brokerConfig(client, address), { deadlineMs: 60_000 });
    expect(await container.logs()).toContain(
      "hotfire: warning: RocketMQ's broker has no key brokerNmae (value 'x'): did you mean brokerName?; RocketMQ ignores it",
    );
  });
});

it("the table of keys is the image's", async () => {
  const checkedIn = new URL("../../packages/config/src/keys/5.5.0.json", import.meta.url);
  expect(JSON.parse(keyTableOf("5.5.0"))).toEqual(JSON.parse(await readFile(checkedIn, "utf8")));
});

describe("a broken configuration ends with one clear line", () => {
  it.each([
    [
      "properties",
      ["--env", "ROCKETMQ_CONF=brokerName=\\u00zz"],
      "broker",
      /^hotfire: cannot read ROCKETMQ_CONF: /,
    ],
    [
      "a proxy's JSON",
      ["--env", "ROCKETMQ_CONF={"],
      "proxy",
      /^hotfire: cannot read ROCKETMQ_CONF as JSON: /,
    ],
    [
      "an unknown role",
      [],
      "brokre",
      /^hotfire: unknown role 'brokre': use namesrv, broker, controller or proxy$/,
    ],
    [
      "too little memory",
      ["--memory", "100m"],
      "broker",
      /^hotfire: memory limit 100m is too small for a broker/,
    ],
  ])("%s", async (_what, options, role, line) => {
    const result = await runImage(images.broker, options, [role]);
    expect(result.code).toBe(78);
    expect(result.stderr.trim().split("\n")).toEqual([expect.stringMatching(line)]);
  });
});
