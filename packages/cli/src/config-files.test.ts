import { execFileSync } from "node:child_process";
import { link, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { readConfigSets } from "./config-files.ts";

const text = "brokerName=broker-a\nbrokerId=0\n";
const root = await mkdtemp(join(tmpdir(), "hotfire-config-files-"));
let folder: string;
let count = 0;

beforeEach(async () => {
  count += 1;
  folder = join(root, `${count}`);
  await mkdir(folder);
  await writeFile(join(folder, "broker.conf"), text);
});

afterAll(() => rm(root, { recursive: true }));

async function read(...names: string[]) {
  const files: string[] = [];
  const problems: string[] = [];
  for await (const set of readConfigSets(names.map((name) => join(folder, name)))) {
    files.push(...set.files.map(({ path }) => relative(folder, path)));
    problems.push(...set.unreadable.map(({ message }) => message.replaceAll(`${folder}/`, "")));
  }
  return { files, problems };
}

describe("a file is read once", () => {
  test("when it is named twice", async () => {
    expect(await read("broker.conf", "broker.conf")).toEqual({ files: ["broker.conf"], problems: [] });
  });

  test("when links of both kinds lead to it", async () => {
    await symlink("broker.conf", join(folder, "linked.conf"));
    await link(join(folder, "broker.conf"), join(folder, "same.conf"));
    expect(await read(".")).toEqual({ files: ["broker.conf"], problems: [] });
  });
});

describe("a folder", () => {
  test("may have names in capitals, and links that lead back to it", async () => {
    await writeFile(join(folder, "BROKER-B.CONF"), text);
    await symlink(".", join(folder, "again.conf"));
    expect(await read(".")).toEqual({ files: ["BROKER-B.CONF", "broker.conf"], problems: [] });
  });

  test.runIf(process.platform === "linux")("with a pipe or a device is not read to its end", async () => {
    execFileSync("mkfifo", [join(folder, "pipe.conf")]);
    await symlink("/dev/zero", join(folder, "zero.conf"));
    const { files, problems } = await read(".");
    expect(files).toEqual(["broker.conf"]);
    expect(problems.sort()).toEqual([
      "pipe.conf cannot be read: it is neither a file nor a folder.",
      "zero.conf cannot be read: it is neither a file nor a folder.",
    ]);
  });
});
