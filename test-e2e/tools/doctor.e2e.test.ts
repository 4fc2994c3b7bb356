/**
 * @module-tag quick
 * What a person asks when nothing works.
 */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { labelled } from "../support/docker.ts";
import { hotfire, jsonOf } from "../support/hotfire.ts";
import { until } from "../support/until.ts";

const schema = z.object({
  result: z.enum(["pass", "warn", "fail"]),
  findings: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      result: z.enum(["pass", "warn", "fail"]),
      found: z.string(),
      fix: z.string().optional(),
    }),
  ),
});

describe("doctor", () => {
  it("looks at everything, gives a fix for what is not well, and leaves nothing", async () => {
    const result = await hotfire(["doctor", "--json"]);
    const diagnosis = schema.parse(jsonOf(result));
    expect(diagnosis.result).not.toBe("fail");
    expect(result.code).toBe(0);
    const ids = diagnosis.findings.map(({ id }) => id);
    for (const id of [
      "engine",
      "compose",
      "buildx",
      "memory",
      "disk",
      "ports",
      "images",
      "dns",
      "reach",
      "pause",
      "kernel-nftables",
      "kernel-netem",
    ]) {
      expect(ids).toContain(id);
    }
    expect(diagnosis.findings.filter(({ result, fix }) => result !== "pass" && !fix)).toEqual([]);
    await until(
      "its containers and network are gone",
      async () => (await labelled("io.hotfire.doctor")).length === 0,
    );
  });
});
