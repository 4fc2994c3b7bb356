/**
 * @module-tag quick
 * A cluster that is not there, named in every command.
 */
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/failure.ts";
import { clusterName } from "../support/names.ts";

const unknown = clusterName("nobody");

describe("a cluster that is not there", () => {
  it.each([
    ["down", unknown],
    ["status", unknown],
    ["verify", unknown],
    ["logs", unknown],
    ["export", unknown],
    ["node", "stop", "broker-a-0", "--cluster", unknown],
  ])("%s says so", async (...args) => {
    const failure = await failureOf(args);
    expect(failure).toMatchObject({ exitCode: 3, code: "CLUSTER_NOT_FOUND", blame: "user" });
    expect(failure.message).toContain(`"${unknown}"`);
    expect(failure.hint).toBeTruthy();
  });
});
