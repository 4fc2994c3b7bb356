/**
 * @module-tag quick
 * An image that is not as reviewed must not start.
 */
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { images, runImage } from "../support/container.ts";
import { docker } from "../support/docker.ts";
import { fileOfJar } from "../support/jar.ts";
import { tempFolder } from "../support/temp-folder.ts";

const dledger = [
  ...["--memory", "1g", "--env"],
  "ROCKETMQ_CONF=enableDLegerCommitLog=true\ndLegerGroup=g\ndLegerPeers=n0-127.0.0.1:40911\ndLegerSelfId=n0\nnamesrvAddr=127.0.0.1:9876\n",
];
const elector = "io/openmessaging/storage/dledger/DLedgerLeaderElector.class";

/** A class file's constants are its texts and the names of its fields: another one of the same length is another text or field. */
function renamed(classFile: Buffer, field: string, other: string): Buffer {
  const text = classFile.toString("latin1");
  expect(text).toContain(field);
  return Buffer.from(text.replaceAll(field, other), "latin1");
}

describe("fast failover", () => {
  it("says what is wrong with its timers, and does not start", async () => {
    const { code, stderr } = await runImage(images.broker, [...dledger, "--env", "HOTFIRE_FAILOVER=quick"]);
    expect(code).toBe(78);
    expect(stderr).toContain("HOTFIRE_FAILOVER is 'quick', and not like 'heartbeatMs=100 silenceMs=500'");
  });

  it("refuses a DLedger that is not as expected, by the name of what is missing", async () => {
    await using folder = await tempFolder();
    const other = await otherElector(folder.path, "dLedgerRpcService", "anotherRpcService");
    const { code, stderr } = await runImage(images.broker, [
      ...dledger,
      ...["--env", "HOTFIRE_FAILOVER=stock"],
      ...other,
    ]);
    expect(code).toBe(78);
    expect(stderr).toContain("there is no DLedgerLeaderElector.dLedgerRpcService");
  });

  it("refuses a class that was not reviewed, by its name", async () => {
    await using folder = await tempFolder();
    const other = await otherElector(folder.path, "HeartBeatTimeOut", "HeartBeatTimeout");
    const { code, stderr } = await runImage(images.broker, [...dledger, ...other]);
    expect(code).toBe(78);
    expect(stderr).toContain(
      "not the reviewed classes of RocketMQ 5.5.0: io.openmessaging.storage.dledger.DLedgerLeaderElector",
    );
    expect(stderr).toContain("HOTFIRE_UNREVIEWED_CLASSES=true");
  });
});

/** Options for a container in which the elector's class is another one. */
async function otherElector(folder: string, text: string, instead: string): Promise<string[]> {
  await using created = await createdContainer();
  const jar = join(folder, "dledger.jar");
  await docker(["cp", `${created.id}:/opt/rocketmq/lib/dledger-0.3.2.jar`, jar]);
  const other = join(folder, "classes", elector);
  await mkdir(dirname(other), { recursive: true });
  await writeFile(other, renamed(fileOfJar(await readFile(jar), elector), text, instead));
  await chmod(folder, 0o755);
  return [
    ...["-v", `${join(folder, "classes")}:/other:ro`],
    ...["--env", "JAVA_OPTS=-cp /other:/opt/rocketmq/lib/*"],
  ];
}

async function createdContainer() {
  const id = await docker(["create", images.broker]);
  return {
    id,
    [Symbol.asyncDispose]: async () => {
      await docker(["rm", "--volumes", id]);
    },
  };
}
