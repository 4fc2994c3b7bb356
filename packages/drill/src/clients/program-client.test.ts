import type { DockerClient } from "@hotfire/engine";
import type { OperationRecord } from "@hotfire/judge/history";
import { describe, expect, it } from "vitest";
import { startClock } from "../workload/clock.ts";
import type { StartProgram } from "./client-program.ts";
import type { OfficialClientOptions } from "./official-client.ts";
import { ProgramClient } from "./program-client.ts";

/** A program that says what the test says, and notes what it is told. */
class Script {
  readonly told: string[] = [];
  readonly #exited = Promise.withResolvers<number>();
  #output: (stream: "stdout" | "stderr", text: string) => void = () => {};

  readonly start: StartProgram = async (_options, onOutput) => {
    this.#output = (stream, text) => onOutput({ stream, data: Buffer.from(text) });
    return {
      exited: this.#exited.promise,
      write: (text) => {
        this.told.push(text.trim());
        if (text === "stop\n") this.exit(0);
      },
      kill: async () => this.exit(-1),
    };
  };

  say(line: unknown): void {
    this.#output("stdout", `${JSON.stringify(line)}\n`);
  }

  complain(text: string): void {
    this.#output("stderr", text);
  }

  exit(code: number): void {
    this.#exited.resolve(code);
  }
}

const clock = startClock();
// Nothing here asks the engine.
const docker: DockerClient = Object.create(null);
const send = { type: "send", scheduled: 1, sent: 2, done: 3, group: "broker-a", queue: 0, attempts: 1 };

async function started(part: Partial<OfficialClientOptions> = {}) {
  const script = new Script();
  const records: OperationRecord[] = [];
  const client = new ProgramClient({
    kind: "java",
    docker,
    cluster: "test",
    clock,
    record: (record) => records.push(record),
    topic: "drill",
    groups: ["broker-a"],
    consumerGroup: "drill-java",
    rate: 100,
    messageBytes: 10,
    produce: true,
    consume: false,
    ...part,
  });
  await client.start(script.start);
  return { script, records, client };
}

describe("an official client", () => {
  it("is ready once it was given a message of every group", async () => {
    const { script, client } = await started({ consume: true });
    let isReady = false;
    void client.ready.then(() => {
      isReady = true;
    });
    script.say({ type: "ready", at: clock.now() });
    await Promise.resolve();
    expect(isReady).toBe(false);
    script.say({ type: "consume", at: clock.now(), group: "broker-a", queue: 0, messages: [[0, 0]] });
    await client.ready;
    await client.stop();
  });

  it("records and counts what its program says", async () => {
    const { script, records, client } = await started();
    script.say({ ...send, sequence: 0, status: "SEND_OK" });
    script.say({ ...send, sequence: 1, error: "wait response timeout" });
    script.say({ ...send, sequence: 2, code: 14 });
    const stopped = client.stopSending();
    script.say({ type: "sending-stopped", sent: 3 });
    await stopped;
    expect(script.told).toEqual(["stop-sending"]);
    expect(records.map(({ outcome }) => outcome)).toEqual(["acknowledged", "in-doubt", "failed"]);
    expect(client.stats.groups.get("broker-a")).toEqual({
      acknowledged: 1,
      failed: 1,
      inDoubt: 1,
      consumed: 0,
    });
    await client.stop();
    await expect(client.ended).resolves.toBeUndefined();
  });

  it("names the last words of a program that dies", async () => {
    const { script, client } = await started();
    script.complain("java.lang.OutOfMemoryError: Java heap space\n");
    script.exit(3);
    await expect(client.ended).rejects.toMatchObject({
      code: "CLIENT_DIED",
      message: expect.stringMatching(/exit code 3.*OutOfMemoryError/),
    });
    await expect(client.ready).rejects.toMatchObject({ code: "CLIENT_DIED" });
    await expect(client.stopSending()).rejects.toMatchObject({ code: "CLIENT_DIED" });
    await client.stop();
  });

  it("knows an image that is too old", async () => {
    const { script, client } = await started();
    script.complain("Caused by: java.lang.ClassNotFoundException: io.hotfire.launcher.drill.DrillClient\n");
    script.exit(1);
    await expect(client.ended).rejects.toMatchObject({ hint: expect.stringContaining("hotfire images") });
  });

  it("does not believe a program that says nonsense", async () => {
    const { script, client } = await started();
    script.say({ ...send, sequence: -1 });
    await expect(client.ended).rejects.toMatchObject({ code: "CLIENT_DIED" });
    expect(script.told).toEqual(["stop"]);
  });

  it("does not believe another clock", async () => {
    const { script, client } = await started();
    script.say({ type: "ready", at: clock.now() + 3_600_000_000 });
    await expect(client.ready).rejects.toMatchObject({ code: "CLIENT_UNAVAILABLE" });
  });

  it("ends when the run is aborted", async () => {
    const abort = new AbortController();
    const { client } = await started({ signal: abort.signal });
    abort.abort();
    await expect(client.ended).resolves.toBeUndefined();
    await expect(client.ready).rejects.toMatchObject({ code: "CLIENT_DIED" });
  });
});
