import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { encodeFrame } from "../protocol/frame.ts";
import { startCommandServer } from "../testing/command-server.ts";
import { failureOf } from "../testing/failure.ts";
import { startTcpServer } from "../testing/tcp-server.ts";
import { createRemotingClient } from "./remoting-client.ts";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const startOf = (bytes: number, header: number) => {
  const start = Buffer.alloc(8);
  start.writeInt32BE(bytes, 0);
  start.writeInt32BE(header, 4);
  return start;
};

/** What one request to such a peer ends with. */
async function outcome(onConnection: (socket: Socket) => void, deadlineMs = 300) {
  await using server = await startTcpServer((socket) => {
    socket.resume();
    onConnection(socket);
  });
  await using client = createRemotingClient();
  const started = performance.now();
  const error = await failureOf(client.request(server.address, { code: 106 }, { deadlineMs }));
  return { error, elapsedMs: performance.now() - started };
}

describe("a peer that", () => {
  test("never answers runs into the deadline, no later", async () => {
    const { error, elapsedMs } = await outcome(() => undefined);
    expect(error).toMatchObject({ code: "DEADLINE_PASSED", requestSent: true });
    expect(error.message).toContain("GET_BROKER_CLUSTER_INFO");
    expect(elapsedMs).toBeLessThan(4_000);
  });

  test.each([
    ["speaks HTTP", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"), "FRAME_TOO_LARGE"],
    ["answers with zeros", Buffer.alloc(64), "FRAME_INVALID"],
    ["answers with noise", Buffer.from("ffee99aa00000000", "hex"), "FRAME_INVALID"],
    ["announces a huge frame", startOf(0x7fffffff, 10), "FRAME_TOO_LARGE"],
    ["announces a header beyond its frame", startOf(100, 97), "FRAME_INVALID"],
    ["sends a header that is no JSON", Buffer.concat([startOf(8, 4), Buffer.from("nope")]), "FRAME_INVALID"],
    ["sends a header of another shape", Buffer.concat([startOf(6, 2), Buffer.from("[]")]), "FRAME_INVALID"],
    [
      "nests its header",
      Buffer.concat([startOf(100_004, 100_000), Buffer.alloc(100_000, "[")]),
      "FRAME_INVALID",
    ],
  ])("%s is cut off at once", async (_, bytes, code) => {
    const { error, elapsedMs } = await outcome((socket) => socket.write(bytes), 5_000);
    expect(error.code).toBe(code);
    expect(error.requestSent).toBe(true);
    expect(elapsedMs).toBeLessThan(4_000);
  });

  test("closes in the middle of a frame is reported as that", async () => {
    const whole = encodeFrame({ code: 0, opaque: 1, kind: "response", body: Buffer.alloc(100) });
    const { error } = await outcome((socket) => socket.end(whole.subarray(0, 60)), 5_000);
    expect(error.code).toBe("FRAME_TRUNCATED");
    expect(error.message).toMatch(/after 60 of \d+ bytes/);
  });

  test.each([
    ["closes", (socket: Socket) => socket.end()],
    ["resets", (socket: Socket) => socket.resetAndDestroy()],
  ])("%s the connection leaves the request in doubt", async (_, onConnection) => {
    const { error } = await outcome((socket) => socket.once("data", () => onConnection(socket)), 5_000);
    expect(error).toMatchObject({ code: "CONNECTION_CLOSED", requestSent: true });
  });

  test("drips a header byte by byte runs into the deadline, and memory stays", async () => {
    const { error, elapsedMs } = await outcome((socket) => {
      socket.write(startOf(16_000_000, 15_000_000));
      const drip = setInterval(() => socket.write("x"), 1);
      socket.on("close", () => clearInterval(drip));
    });
    expect(error.code).toBe("DEADLINE_PASSED");
    expect(elapsedMs).toBeLessThan(4_000);
  });

  test("sends an endless header is held to one frame", async () => {
    const before = process.memoryUsage().arrayBuffers;
    const { error } = await outcome((socket) => {
      socket.write(startOf(16_777_216, 16_777_212));
      const blanks = Buffer.alloc(1024 * 1024, " ");
      const more = () => {
        while (socket.writable && socket.write(blanks));
      };
      socket.on("drain", more);
      more();
    }, 5_000);
    expect(["FRAME_INVALID", "FRAME_TOO_LARGE"]).toContain(error.code);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024);
  });

  test("floods answers that no request asked for is cut off", async () => {
    const { error } = await outcome((socket) => {
      const stray = encodeFrame({ code: 0, opaque: 999_999, kind: "response" });
      const many = Buffer.concat(Array.from({ length: 500 }, () => stray));
      const more = () => {
        while (socket.writable && socket.write(many));
      };
      socket.on("drain", more);
      more();
    }, 5_000);
    expect(error.code).toBe("PEER_MISBEHAVED");
  });

  test("asks without end and never reads the answers is cut off", async () => {
    await using server = await startTcpServer((socket) => {
      socket.pause();
      const question = encodeFrame({ code: 307, opaque: 1, kind: "request" });
      const many = Buffer.concat(Array.from({ length: 500 }, () => question));
      const more = () => {
        while (socket.writable && socket.write(many));
      };
      socket.on("drain", more);
      more();
    });
    await using client = createRemotingClient();
    const error = await failureOf(client.request(server.address, { code: 106 }, { deadlineMs: 25_000 }));
    expect(error.code).toBe("PEER_MISBEHAVED");
  }, 30_000);

  test("does not read what we send fills no memory", async () => {
    await using server = await startTcpServer((socket) => socket.pause());
    await using client = createRemotingClient({ maxUnsentBytes: 4_000_000, deadlineMs: 300 });
    const body = Buffer.alloc(1_000_000);
    const outcomes: Promise<{ code: string }>[] = [];
    for (let n = 0; n < 60; n += 1) {
      outcomes.push(failureOf(client.request(server.address, { code: 310, body })));
      await wait(1);
    }
    const codes = (await Promise.all(outcomes)).map((error) => error.code);
    expect(new Set(codes)).toEqual(new Set(["DEADLINE_PASSED", "TOO_MANY_IN_FLIGHT"]));
  });
});

describe("a half-open connection", () => {
  test("is given up after a deadline without a single frame: the next request connects anew", async () => {
    await using server = await startCommandServer((_, __, connection) =>
      connection === 1 ? undefined : { code: 0 },
    );
    await using client = createRemotingClient();
    const first = failureOf(client.request(server.address, { code: 1 }, { deadlineMs: 100 }));
    expect((await first).code).toBe("DEADLINE_PASSED");
    expect((await client.request(server.address, { code: 1 })).code).toBe(0);
    await wait(20);
    expect(server.open()).toBe(1);
  });

  test("keeps a long poll that is still open", async () => {
    await using server = await startCommandServer((request, socket, connection) => {
      const reply = encodeFrame({ code: request.code, opaque: request.opaque, kind: "response" });
      if (request.code === 11) setTimeout(() => socket.write(reply), 300);
      return connection === 1 ? undefined : reply;
    });
    await using client = createRemotingClient();
    const poll = client.request(server.address, { code: 11 }, { deadlineMs: 5_000 });
    const lost = failureOf(client.request(server.address, { code: 28 }, { deadlineMs: 100 }));
    expect((await lost).code).toBe("DEADLINE_PASSED");
    expect((await client.request(server.address, { code: 28 })).code).toBe(28);
    expect((await poll).code).toBe(11);
    await wait(20);
    expect(server.open()).toBe(1);
  });

  test("a peer that is only slow now and then keeps its connection", async () => {
    await using server = await startCommandServer((request) =>
      request.code === 7 ? undefined : { code: 0 },
    );
    await using client = createRemotingClient();
    await client.request(server.address, { code: 1 });
    const slow = failureOf(client.request(server.address, { code: 7 }, { deadlineMs: 1_000 }));
    await client.request(server.address, { code: 1 });
    expect((await slow).code).toBe("DEADLINE_PASSED");
    await client.request(server.address, { code: 1 });
    expect(server.accepted()).toBe(1);
  });
});
