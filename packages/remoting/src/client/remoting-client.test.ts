import { describe, expect, test } from "vitest";
import { encodeFrame, isResponse } from "../protocol/frame.ts";
import { startCommandServer } from "../testing/command-server.ts";
import { failureOf } from "../testing/failure.ts";
import { createRemotingClient } from "./remoting-client.ts";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("one connection", () => {
  test("carries many requests at once, answered in any order", async () => {
    const waiting: (() => void)[] = [];
    await using server = await startCommandServer((request, socket) => {
      const reply = {
        code: 0,
        opaque: request.opaque,
        kind: "response" as const,
        fields: { is: String(request.code) },
      };
      waiting.push(() => socket.write(encodeFrame(reply)));
      if (waiting.length === 100) for (const answer of waiting.toReversed()) answer();
      return undefined;
    });
    await using client = createRemotingClient();
    const codes = Array.from({ length: 100 }, (_, n) => n);
    const answers = await Promise.all(codes.map((code) => client.request(server.address, { code })));
    expect(answers.map((answer) => answer.fields["is"])).toEqual(codes.map(String));
    expect(server.accepted()).toBe(1);
  });

  test("is made anew after the peer closed it, once for all who ask", async () => {
    await using server = await startCommandServer(() => ({ code: 0 }));
    await using client = createRemotingClient();
    await client.request(server.address, { code: 1 });
    server.destroyAll();
    await wait(20);
    await Promise.all(Array.from({ length: 50 }, () => client.request(server.address, { code: 1 })));
    expect(server.accepted()).toBe(2);
  });

  test("answers what a broker asks of a consumer, and ignores its notices", async () => {
    const toServer: number[] = [];
    await using server = await startCommandServer((request, socket) => {
      if (isResponse(request)) {
        toServer.push(request.code);
        return undefined;
      }
      socket.write(encodeFrame({ code: 40, opaque: 9, kind: "one-way", fields: { consumerGroup: "g" } }));
      socket.write(encodeFrame({ code: 39, opaque: 10, kind: "one-way" }));
      socket.write(encodeFrame({ code: 307, opaque: request.opaque, kind: "request" }));
      return { code: 0 };
    });
    await using client = createRemotingClient();
    expect((await client.request(server.address, { code: 28 })).code).toBe(0);
    expect((await client.request(server.address, { code: 28 })).code).toBe(0);
    await wait(20);
    expect(toServer).toEqual([3, 3]);
  });
});

describe("a peer that says GO_AWAY", () => {
  test("is asked once more, on a new connection", async () => {
    await using server = await startCommandServer((_, __, connection) => ({
      code: connection === 1 ? 1500 : 0,
    }));
    await using client = createRemotingClient();
    expect((await client.request(server.address, { code: 1 })).code).toBe(0);
    expect(server.accepted()).toBe(2);
    await wait(20);
    expect(server.open()).toBe(1);
  });

  test("and again, is believed", async () => {
    await using server = await startCommandServer(() => ({ code: 1500 }));
    await using client = createRemotingClient();
    expect((await client.request(server.address, { code: 1 })).code).toBe(1500);
    expect(server.accepted()).toBe(2);
  });
});

describe("a caller", () => {
  test("gives up by its signal, before and during the request", async () => {
    await using server = await startCommandServer(() => undefined);
    await using client = createRemotingClient();
    const before = client.request(server.address, { code: 1 }, { signal: AbortSignal.abort("no need") });
    expect(await failureOf(before)).toMatchObject({
      code: "REQUEST_ABORTED",
      cause: "no need",
      requestSent: false,
    });
    const controller = new AbortController();
    const during = client.request(server.address, { code: 1 }, { signal: controller.signal });
    setTimeout(() => controller.abort("had enough"), 50);
    expect(await failureOf(during)).toMatchObject({
      code: "REQUEST_ABORTED",
      cause: "had enough",
      requestSent: true,
    });
  });

  test("who gave up does not harm the next, though the answer comes late", async () => {
    await using server = await startCommandServer((request, socket) => {
      const reply = encodeFrame({ code: request.code, opaque: request.opaque, kind: "response" });
      if (request.code === 7) setTimeout(() => socket.write(reply), 60);
      return request.code === 7 ? undefined : reply;
    });
    await using client = createRemotingClient();
    const signal = AbortSignal.timeout(20);
    expect((await failureOf(client.request(server.address, { code: 7 }, { signal }))).code).toBe(
      "REQUEST_ABORTED",
    );
    await wait(80);
    expect((await client.request(server.address, { code: 8 })).code).toBe(8);
    expect(server.accepted()).toBe(1);
  });

  test("that stood still past its deadline reads the answer that was there in time", async () => {
    await using server = await startCommandServer((request, socket) => {
      socket.write(encodeFrame({ code: 8, opaque: request.opaque, kind: "response" }));
      // The peer shares this event loop: the answer is in the socket, and nothing is read for longer than the deadline.
      const until = performance.now() + 150;
      while (performance.now() < until);
      return undefined;
    });
    await using client = createRemotingClient({ deadlineMs: 100 });
    expect((await client.request(server.address, { code: 1 })).code).toBe(8);
  });

  test("may have only so many requests open", async () => {
    await using server = await startCommandServer(() => undefined);
    await using client = createRemotingClient({ maxInFlight: 3, deadlineMs: 100 });
    const outcomes = Array.from({ length: 4 }, () => failureOf(client.request(server.address, { code: 1 })));
    const codes = (await Promise.all(outcomes)).map((error) => error.code);
    expect(codes).toEqual(["DEADLINE_PASSED", "DEADLINE_PASSED", "DEADLINE_PASSED", "TOO_MANY_IN_FLIGHT"]);
  });

  test("may not send more than a frame", async () => {
    await using server = await startCommandServer(() => ({ code: 0 }));
    await using client = createRemotingClient({ maxFrameBytes: 1000 });
    const error = await failureOf(client.request(server.address, { code: 1, body: Buffer.alloc(1000) }));
    expect(error).toMatchObject({ code: "REQUEST_TOO_LARGE", requestSent: false });
  });

  test("who has no time left is told so, and nothing is sent", async () => {
    await using server = await startCommandServer(() => ({ code: 0 }));
    await using client = createRemotingClient();
    const late = await failureOf(client.request(server.address, { code: 1 }, { deadlineMs: 0 }));
    expect(late).toMatchObject({ code: "DEADLINE_PASSED", requestSent: false });
    const endless = client.request(server.address, { code: 1 }, { deadlineMs: Number.POSITIVE_INFINITY });
    expect((await failureOf(endless)).code).toBe("ARGUMENT_INVALID");
    expect(server.accepted()).toBe(0);
  });

  test.each(["", "host", "host:", "host:0", "host:65536", ":9876", "host:98a"])(
    "cannot ask %j",
    async (address) => {
      await using client = createRemotingClient();
      expect((await failureOf(client.request(address, { code: 1 }))).code).toBe("ADDRESS_INVALID");
    },
  );
});

describe("close", () => {
  test("fails what is open, closes every socket, and refuses what comes after", async () => {
    await using server = await startCommandServer(() => undefined);
    const client = createRemotingClient();
    const open = failureOf(client.request(server.address, { code: 1 }));
    await wait(50);
    await client.close();
    expect((await open).code).toBe("CLIENT_CLOSED");
    await wait(20);
    expect(server.open()).toBe(0);
    expect((await failureOf(client.request(server.address, { code: 1 }))).code).toBe("CLIENT_CLOSED");
    await client.close();
  });
});

test("nothing listens: CONNECT_FAILED, with the reason and what to do", async () => {
  await using client = createRemotingClient();
  const error = await failureOf(client.request("127.0.0.1:1", { code: 28 }));
  expect(error).toMatchObject({ code: "CONNECT_FAILED", requestSent: false, address: "127.0.0.1:1" });
  expect(error.message).toContain("ECONNREFUSED");
  expect(error.hint).toContain("Nothing listens");
});
