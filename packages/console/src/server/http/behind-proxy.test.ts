import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetch } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { csrfHeader } from "../../api/index.ts";
import { type ConsoleOptions, parseEnvironment } from "../options.ts";
import { type RunningConsole, startConsole } from "../start-console.ts";
import { hashPassword } from "./password.ts";

const ours = { [csrfHeader]: "1", "content-type": "application/json" };
let page: string;
let login: ConsoleOptions["login"];
const running: RunningConsole[] = [];

beforeAll(async () => {
  page = await mkdtemp(join(tmpdir(), "hotfire-page-"));
  await writeFile(join(page, "index.html"), '<html><head><base href="/" /></head></html>');
  await writeFile(join(page, "index.html.gz"), "compressed with the root in it");
  login = { user: "ops", passwordHash: await hashPassword("correct horse", { N: 1024, r: 8, p: 1 }) };
});

afterAll(async () => {
  for (const one of running) await one[Symbol.asyncDispose]();
  await rm(page, { recursive: true });
});

async function start(env: Record<string, string>, more: Partial<ConsoleOptions> = {}): Promise<string> {
  const options = parseEnvironment({ NAMESRV_ADDR: "127.0.0.1:1", HOTFIRE_CONSOLE_PORT: "0", ...env });
  const one = await startConsole({ ...options, page, login, ...more }, { write: () => {} });
  running.push(one);
  return one.url;
}

async function logIn(url: string, password: string, headers: Record<string, string> = {}) {
  const body = JSON.stringify({ user: "ops", password });
  const answer = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { ...ours, ...headers },
    body,
  });
  return { status: answer.status, cookie: answer.headers.get("set-cookie") ?? "" };
}

async function refusedFor(url: string, forwarded: (attempt: number) => string): Promise<number[]> {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const headers = { "x-forwarded-for": forwarded(attempt) };
    statuses.push((await logIn(url, "wrong", headers)).status);
  }
  return statuses;
}

const lockedOut = [401, 401, 401, 401, 401, 429];

describe("behind a proxy that the operator named", () => {
  test("five wrong passwords lock out the address that they came from, whatever its headers claim, and no other", async () => {
    const url = await start({ HOTFIRE_CONSOLE_TRUSTED_PROXY: "127.0.0.0/8" });
    expect(await refusedFor(url, (attempt) => `198.51.100.${attempt}, 203.0.113.1`)).toEqual(lockedOut);
    expect((await logIn(url, "correct horse", { "x-forwarded-for": "203.0.113.1" })).status).toBe(429);
    expect((await logIn(url, "correct horse", { "x-forwarded-for": "203.0.113.2" })).status).toBe(200);
  });

  test("the page's own requests are known by the name that the browser used", async () => {
    const url = await start({
      HOTFIRE_CONSOLE_TRUSTED_PROXY: "127.0.0.1",
      HOTFIRE_CONSOLE_HOSTS: "mq.example.org",
    });
    const headers = { origin: "https://mq.example.org", "x-forwarded-host": "mq.example.org" };
    expect((await logIn(url, "correct horse", headers)).status).toBe(200);
    expect((await logIn(url, "correct horse", { origin: "https://evil.example" })).status).toBe(403);
  });
});

test("without one, no X-Forwarded-For is believed", async () => {
  const url = await start({});
  expect(await refusedFor(url, (attempt) => `198.51.100.${attempt}`)).toEqual(lockedOut);
});

test("below a path, page, API and cookie are there, and the proxy may take the path off", async () => {
  const url = await start({ HOTFIRE_CONSOLE_BASE_PATH: "/mq/" });
  for (const path of ["/mq", "/mq/topics", "/topics"]) {
    const answer = await fetch(url + path, { headers: { "accept-encoding": "gzip" } });
    expect([path, await answer.text()]).toEqual([path, '<html><head><base href="/mq/" /></head></html>']);
  }
  expect((await fetch(`${url}/mq/api/v1/session`)).status).toBe(200);
  expect((await fetch(`${url}/mqx/api/v1/session`)).headers.get("content-type")).toContain("text/html");
  expect((await logIn(`${url}/mq`, "correct horse")).cookie).toContain("Path=/mq;");
});

test("consoles on one host keep their sessions apart", async () => {
  const names = await Promise.all(
    [1, 2].map(async (other) => {
      const url = await start({ NAMESRV_ADDR: `127.0.0.1:${other}` });
      return (await logIn(url, "correct horse")).cookie.split("=")[0];
    }),
  );
  expect(new Set(names).size).toBe(2);
});

describe("a session that ends", () => {
  test("ends the event streams that were opened in it", async () => {
    const url = await start({});
    const headers = { ...ours, cookie: (await logIn(url, "correct horse")).cookie.split(";")[0] ?? "" };
    const stream = await fetch(`${url}/api/v1/events`, { headers });
    const reader = stream.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("event: state");
    await fetch(`${url}/api/v1/session`, { method: "DELETE", headers });
    // One event may be on its way; the watch has a new one twice a second.
    const rest: boolean[] = [];
    while (rest.at(-1) !== true && rest.length < 4) rest.push((await reader?.read())?.done ?? true);
    expect(rest.at(-1)).toBe(true);
  });
});

describe("the name servers of a console", () => {
  test("are chosen among those that its operator listed, and no other host is dialled", async () => {
    const url = await start(
      { HOTFIRE_CONSOLE_NAMESRVS: "127.0.0.1:2", HOTFIRE_CONSOLE_WRITE: "true" },
      { login: undefined },
    );
    const change = async (namesrvs: string[]) =>
      (await fetch(`${url}/api/v1/ops`, { method: "PUT", headers: ours, body: JSON.stringify({ namesrvs }) }))
        .status;
    expect(await change(["169.254.169.254:80"])).toBe(400);
    expect(await change(["127.0.0.1:1", "127.0.0.1:22"])).toBe(400);
    expect(await change(["127.0.0.1:2"])).toBe(200);
  });
});
