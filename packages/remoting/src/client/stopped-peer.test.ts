import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCommandServer } from "../testing/command-server.ts";
import { failureOf } from "../testing/failure.ts";
import { createRemotingClient } from "./remoting-client.ts";

const listener = `
  const server = require("node:net").createServer();
  server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => process.send(server.address().port));
`;

// As `docker pause` leaves a broker: the kernel accepts connections until the backlog is full, then none.
describe("a stopped process whose backlog is full", () => {
  const child = spawn(process.execPath, ["-e", listener], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  let address = "";

  beforeAll(async () => {
    const [port] = await once(child, "message");
    child.kill("SIGSTOP");
    address = `127.0.0.1:${port}`;
    const fillers = Array.from({ length: 6 }, () => connect(Number(port), "127.0.0.1"));
    for (const socket of fillers) socket.on("error", () => undefined).unref();
    await Promise.all(fillers.slice(0, 2).map((socket) => once(socket, "connect")));
  }, 30_000);

  afterAll(() => {
    child.kill("SIGKILL");
  });

  test("does not hold a request beyond its deadline", async () => {
    await using client = createRemotingClient({ connectTimeoutMs: 5_000 });
    const started = performance.now();
    const error = await failureOf(client.request(address, { code: 28 }, { deadlineMs: 200 }));
    expect(error).toMatchObject({ code: "DEADLINE_PASSED", requestSent: false });
    expect(error.message).toContain("could not be connected to");
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  test("is CONNECT_FAILED after the time a connection may take", async () => {
    await using client = createRemotingClient({ connectTimeoutMs: 200 });
    const error = await failureOf(client.request(address, { code: 28 }));
    expect(error).toMatchObject({ code: "CONNECT_FAILED", requestSent: false });
    expect(error.message).toContain("no answer within 200 ms");
  });

  test("holds no more bytes of ours than it may while it cannot be reached", async () => {
    await using client = createRemotingClient({ deadlineMs: 300, maxUnsentBytes: 2_000_000 });
    const body = Buffer.alloc(1_000_000);
    const outcomes = Array.from({ length: 4 }, () => failureOf(client.request(address, { code: 310, body })));
    const codes = (await Promise.all(outcomes)).map((error) => error.code);
    expect(codes).toEqual(["DEADLINE_PASSED", "DEADLINE_PASSED", "TOO_MANY_IN_FLIGHT", "TOO_MANY_IN_FLIGHT"]);
    const again = await failureOf(client.request(address, { code: 310, body }));
    expect(again.code).toBe("DEADLINE_PASSED");
  });

  test("does not delay close", async () => {
    const client = createRemotingClient();
    const open = failureOf(client.request(address, { code: 28 }));
    await client.close();
    expect((await open).code).toBe("CLIENT_CLOSED");
  });

  test("is not sent what its caller gave up before it was connected", async () => {
    await using client = createRemotingClient();
    const open = client.request(address, { code: 28 }, { signal: AbortSignal.timeout(50) });
    expect(await failureOf(open)).toMatchObject({ code: "REQUEST_ABORTED", requestSent: false });
  });
});

test("an idle connection does not keep its process alive", async () => {
  await using server = await startCommandServer(() => ({ code: 0 }));
  const script = `
    const { createRemotingClient } = await import(${JSON.stringify(new URL("./remoting-client.ts", import.meta.url).href)});
    const client = createRemotingClient();
    await client.request(${JSON.stringify(server.address)}, { code: 28 });
    process.stdout.write("answered");
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [[code], [output]] = await Promise.all([once(child, "exit"), once(child.stdout, "data")]);
  expect({ code, output: String(output) }).toEqual({ code: 0, output: "answered" });
}, 30_000);
