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

/** A class file's constants name its fields: another name of the same length is another field. */
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
    await using created = await createdContainer();
    const jar = join(folder.path, "dledger.jar");
    await docker(["cp", `${created.id}:/opt/rocketmq/lib/dledger-0.3.2.jar`, jar]);
    const other = join(folder.path, "classes", elector);
    await mkdir(dirname(other), { recursive: true });
    await writeFile(
      other,
      renamed(fileOfJar(await readFile(jar), elector), "dLedgerRpcService", "anotherRpcService"),
    );
    await chmod(folder.path, 0o755);
    const { code, stderr } = await runImage(images.broker, [
      ...dledger,
      ...["--env", "HOTFIRE_FAILOVER=heartbeatMs=100 silenceMs=500"],
      ...["-v", `${join(folder.path, "classes")}:/other:ro`],
      ...["--env", "JAVA_OPTS=-cp /other:/opt/rocketmq/lib/*"],
    ]);
    expect(code).toBe(78);
    expect(stderr).toContain("there is no DLedgerLeaderElector.dLedgerRpcService; use failover: stock");
  });
});

async function createdContainer() {
  const id = await docker(["create", images.broker]);
  return {
    id,
    [Symbol.asyncDispose]: async () => {
      await docker(["rm", "--volumes", id]);
    },
  };
}
