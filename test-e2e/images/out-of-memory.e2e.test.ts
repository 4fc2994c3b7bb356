/**
 * @module-tag full
 * Three minutes, for a process without memory is to be given time to recover.
 */
import { describe, expect, it } from "vitest";
import { images, startContainer } from "../support/container.ts";
import { addressOf, docker, inspect } from "../support/docker.ts";
import { holdHalfMessages } from "../support/half-message.ts";
import { healthOf } from "../support/health.ts";
import { until } from "../support/until.ts";

/** The timer wheel takes 39 MiB of it, and as much again while it is read at the start. */
const directMemory = "96m";
/** Each holds up to 15 MB of what the timer wheel leaves: together three times as much. */
const holders = 12;
/** OutOfMemoryErrors.java: a minute of errors, and what it takes to notice and to stop. */
const endsWithinMs = 180_000;

describe("a broker that runs out of direct memory", () => {
  it("is unhealthy, says why, and ends when it does not recover", async () => {
    const options = ["--memory", "1g", "--env", `JAVA_OPTS=-XX:MaxDirectMemorySize=${directMemory}`];
    // By its id: the log of a container whose image is known by name is read, and may tell of no OutOfMemoryError (support/logs).
    const image = await docker(["image", "inspect", "--format", "{{.Id}}", images.broker]);
    await using container = await startContainer("out-of-memory", image, options);
    const broker = await addressOf(container.name);
    await until("the broker is healthy", async () => (await healthOf(container.name)).Status === "healthy");
    const stop = new AbortController();
    const work = Array.from({ length: holders }, () => holdHalfMessages(broker, 10911, stop.signal));
    try {
      const health = await until(
        "it is unhealthy",
        async () => {
          const found = await healthOf(container.name);
          return found.Status === "unhealthy" && found;
        },
        { deadlineMs: 90_000 },
      );
      expect(health.Log.at(-1)?.Output).toMatch(/^out of memory \d+ times in \d+ s, last \d+ s ago: /);
      const ended = await until(
        "it has ended",
        async () => {
          const { State } = await inspect(container.name);
          return State.Status === "exited" && State;
        },
        { deadlineMs: endsWithinMs },
      );
      expect(ended).toMatchObject({ ExitCode: 3, OOMKilled: false });
      expect(await container.logs()).toMatch(/^hotfire: this broker ends \(exit code 3\)/m);
    } finally {
      stop.abort();
      await Promise.all(work);
    }
  });
});
