/**
 * @module-tag quick
 * Something of another program is in the way.
 */
import { describe, expect, it } from "vitest";
import { startCluster } from "../support/cluster.ts";
import { docker } from "../support/docker.ts";
import { failureOf } from "../support/failure.ts";
import { specFile } from "../support/names.ts";

describe("an application's container on the network of a cluster that goes down", () => {
  it("is named, and left alone; down again finishes once it is gone", async () => {
    await using cluster = await startCluster({ of: specFile("smallest"), purpose: "guest" });
    const { network } = (await cluster.status()).client;
    const guest = `${cluster.name}-guest`;
    const id = await docker([
      "run",
      "-d",
      "--name",
      guest,
      "--network",
      network,
      "debian:trixie-slim",
      "sleep",
      "600",
    ]);
    try {
      const failure = await failureOf(["down", cluster.name, "--now"]);
      expect(failure).toMatchObject({ exitCode: 3, code: "NETWORK_IN_USE", blame: "user" });
      expect(failure.message).toContain(guest);
      expect(failure.hint).toContain(`docker network disconnect ${network} ${guest}`);
      expect(await docker(["inspect", "--format", "{{.State.Status}}", id])).toBe("running");
    } finally {
      await docker(["rm", "--force", id]);
    }
  });
});
