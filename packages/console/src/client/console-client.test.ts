import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseEnvironment } from "../server/options.ts";
import { type RunningConsole, startConsole } from "../server/start-console.ts";
import { ConsoleClient, ConsoleFailure } from "./console-client.ts";

let running: RunningConsole;
beforeAll(async () => {
  const env = { NAMESRV_ADDR: "127.0.0.1:1", HOTFIRE_CONSOLE_PORT: "0", HOTFIRE_CONSOLE_BASE_PATH: "/mq" };
  running = await startConsole(parseEnvironment(env), { write: () => {} });
});
afterAll(() => running[Symbol.asyncDispose]());

async function failureOf(asked: Promise<unknown>): Promise<ConsoleFailure> {
  const error = await asked.then(
    () => new Error("it did not fail"),
    (failure: unknown) => failure,
  );
  if (error instanceof ConsoleFailure) return error;
  throw error;
}

describe("a client of the console", () => {
  test("asks by the API's own rows, below a path too", async () => {
    await using client = new ConsoleClient(`${running.url}/mq`);
    expect((await client.ask("session", {})).namesrvs).toEqual(["127.0.0.1:1"]);
    expect(await client.isAlive()).toBe(true);
  });

  test("says what was refused, by code", async () => {
    await using client = new ConsoleClient(running.url);
    const change = { params: { name: "orders" }, body: { confirm: "orders" } };
    expect(await failureOf(client.ask("deleteTopic", change))).toMatchObject({
      code: "REFUSED",
      status: 403,
      refusal: "READ_ONLY",
    });
  });

  test("tells a server that does not answer from none", async () => {
    await using nobody = new ConsoleClient("http://127.0.0.1:1");
    expect(await failureOf(nobody.ask("session", {}))).toMatchObject({ code: "NO_ANSWER", status: 0 });
    expect(await nobody.isAlive()).toBe(false);
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const bound = silent.address();
    const port = typeof bound === "object" ? bound?.port : undefined;
    await using client = new ConsoleClient(`http://127.0.0.1:${port}`, { deadlineMs: 100 });
    expect(await failureOf(client.ask("session", {}))).toMatchObject({ code: "DEADLINE_PASSED" });
    silent.closeAllConnections();
    silent.close();
  });

  test("does not take another shape for an answer", async () => {
    const other = createServer((_, answer) => answer.end('{"some":"thing"}'));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const bound = other.address();
    const port = typeof bound === "object" ? bound?.port : undefined;
    await using client = new ConsoleClient(`http://127.0.0.1:${port}`);
    expect(await failureOf(client.ask("session", {}))).toMatchObject({ code: "UNEXPECTED_ANSWER" });
    other.close();
  });
});
