/**
 * @module-tag quick
 * Memory that cannot work is refused before anything starts.
 */
import { describe, expect, it } from "vitest";
import { leftOf } from "../support/docker.ts";
import { failureOf } from "../support/failure.ts";
import { clusterName } from "../support/names.ts";

describe("not enough memory", () => {
  it("is seen before anything is created", async () => {
    const name = clusterName("huge");
    const spec = `version: 1\nname: ${name}\nmode: dledger\nconsole: false\nmemory: { broker: 1024g }\n`;
    const failure = await failureOf(["up", "-", "--port-offset", "auto", "--no-build"], { input: spec });
    expect(failure).toMatchObject({ exitCode: 4, code: "MEMORY_SHORT", blame: "engine" });
    expect(failure.message).toMatch(/3072\.5 GiB.*the machine has/);
    expect(failure.hint).toContain("--memory");
    expect(await leftOf(name)).toEqual([]);
  });
});
