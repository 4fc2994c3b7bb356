/**
 * @module-tag full
 * Three minutes, for a process without memory is to be given time to recover.
 */
import { createRemotingClient, createTopic, type RemotingClient, send } from "@hotfire/remoting";
import { describe, expect, it } from "vitest";
import { images, startContainer } from "../support/container.ts";
import { addressOf, docker, inspect } from "../support/docker.ts";
import { healthOf } from "../support/health.ts";
import { until } from "../support/until.ts";

const topic = "Large";
/** The timer wheel takes 39 MiB of it, and as much again while it is read at the start; what is left is too little for as many large messages at once. */
const directMemory = "96m";
const senders = 16;
const body = Buffer.alloc(3_900_000, "x");
/** MemoryFailures.java: a minute of errors, and what it takes to notice and to stop. */
const endsWithinMs = 180_000;

async function sendUntil(remoting: RemotingClient, broker: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // Refused, unanswered or cut off: that is what a process without memory does.
    await send(remoting, broker, { topic, queueId: 0, body }, { deadlineMs: 5000 }).catch(() => undefined);
  }
}

describe("a broker that runs out of direct memory", () => {
  it("is unhealthy, says why, and ends when it does not recover", async () => {
    const options = ["--memory", "1g", "--env", `JAVA_OPTS=-XX:MaxDirectMemorySize=${directMemory}`];
    // By its id: the log of a container whose image is known by name is read, and may tell of no OutOfMemoryError (support/logs).
    const image = await docker(["image", "inspect", "--format", "{{.Id}}", images.broker]);
    await using container = await startContainer("out-of-memory", image, options);
    const broker = `${await addressOf(container.name)}:10911`;
    const clients = Array.from({ length: senders }, () => createRemotingClient());
    const [first] = clients;
    if (first === undefined) throw new Error("no client");
    await until("the broker answers", () =>
      createTopic(first, broker, { topic, readQueueNums: 1, writeQueueNums: 1 }).then(() => true),
    );
    const stop = new AbortController();
    const work = clients.map((client) => sendUntil(client, broker, stop.signal));
    try {
      const health = await until(
        "it is unhealthy",
        async () => {
          const found = await healthOf(container.name);
          // On a busy machine a probe beside sixteen senders may take too long to tell more than that.
          const isTold = found.Log.some(({ Output }) => Output.includes("out of memory"));
          return found.Status === "unhealthy" && isTold && found;
        },
        { deadlineMs: 90_000 },
      );
      expect(health.Log.map(({ Output }) => Output).join()).toContain("out of memory");
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
      await Promise.all(clients.map((client) => client.close()));
    }
  });
});
