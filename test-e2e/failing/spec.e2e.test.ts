/**
 * @module-tag quick
 * A spec with an error is refused at its line.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/failure.ts";
import { hotfire } from "../support/hotfire.ts";
import { tempFolder } from "../support/temp-folder.ts";

const mistaken = `version: 1
name: e2e-mistakes
mode: dledgre
replicas: three
properties:
  brokerRole: SLAVE
`;

describe("a spec with mistakes", () => {
  it("is refused with every mistake, its line, its column and what to write instead", async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, "cluster.yaml");
    await writeFile(file, mistaken);
    const result = await hotfire(["up", file]);
    expect(result.code).toBe(3);
    expect(result.stderr).toContain(`${file}:3:7: mode:`);
    expect(result.stderr).toContain("dledger");
    expect(result.stderr).toContain(`${file}:4:11: replicas:`);
    expect(result.stderr).toContain("SPEC_INVALID");
  });

  it("is refused when a property is one that the mode decides", async () => {
    const spec = mistaken.replace("dledgre", "dledger").replace("replicas: three\n", "");
    const failure = await failureOf(["up", "-"], { input: spec });
    expect(failure).toMatchObject({ exitCode: 3, code: "SPEC_INVALID", blame: "user" });
    expect(failure.message).toContain("stdin:5:3: properties.brokerRole:");
  });

  it("is refused when it is no YAML", async () => {
    const failure = await failureOf(["up", "-"], { input: "version: 1\nname: [\n" });
    expect(failure).toMatchObject({ exitCode: 3, blame: "user" });
    expect(failure.message).toMatch(/stdin:\d+:\d+/);
  });

  it("is refused when there is no such file", async () => {
    const failure = await failureOf(["up", "missing/cluster.yaml"]);
    expect(failure).toMatchObject({ exitCode: 3, code: "FILE_UNREADABLE", blame: "user" });
    expect(failure.message).toContain("missing/cluster.yaml");
  });
});
