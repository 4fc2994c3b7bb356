import { fetch, type Response } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { csrfHeader, endpoints, sessionSchema } from "../api/index.ts";
import { hashPassword } from "./http/password.ts";
import { type ConsoleOptions, parseEnvironment } from "./options.ts";
import { type RunningConsole, startConsole } from "./start-console.ts";

const audit: string[] = [];
const output = { write: (line: string) => audit.push(line) };
/** Nothing listens there: what is tested needs no cluster. */
const env = { NAMESRV_ADDR: "127.0.0.1:1", HOTFIRE_CONSOLE_PORT: "0" };
const ours = { [csrfHeader]: "1", "content-type": "application/json" };

let open: RunningConsole;
let locked: RunningConsole;

beforeAll(async () => {
  open = await startConsole(parseEnvironment(env), output);
  const login: Partial<ConsoleOptions> = {
    login: { user: "ops", passwordHash: await hashPassword("correct horse", { N: 1024, r: 8, p: 1 }) },
    write: true,
  };
  locked = await startConsole({ ...parseEnvironment(env), ...login }, output);
});

afterAll(async () => {
  await open[Symbol.asyncDispose]();
  await locked[Symbol.asyncDispose]();
});

async function codeOf(answer: Response): Promise<unknown> {
  const body: unknown = await answer.json();
  return typeof body === "object" && body !== null && "code" in body ? body.code : undefined;
}

const login = (password: string, user = "ops") =>
  fetch(`${locked.url}/api/v1/session`, {
    method: "POST",
    headers: ours,
    body: JSON.stringify({ user, password }),
  });

describe("a console without a login", () => {
  test("shows what it knows, and that it only looks", async () => {
    const session = sessionSchema.parse(await (await fetch(`${open.url}/api/v1/session`)).json());
    expect(session).toMatchObject({ loginRequired: false, readOnly: true, namesrvs: ["127.0.0.1:1"] });
  });

  test("refuses every change while it is read-only", async () => {
    for (const { method, path, access } of Object.values(endpoints)) {
      if (access !== "write") continue;
      const url = `${open.url}/api/v1${path.replace(/:\w+/g, "x")}`;
      const answer = await fetch(url, { method, headers: ours, body: "{}" });
      expect([path, answer.status, await codeOf(answer)]).toEqual([path, 403, "READ_ONLY"]);
    }
  });

  test("gives nothing to a page of another site", async () => {
    const elsewhere = { ...ours, origin: "http://evil.example" };
    const url = `${open.url}/api/v1/session`;
    expect(await codeOf(await fetch(url, { method: "DELETE", headers: elsewhere }))).toBe("FOREIGN_ORIGIN");
    expect(await codeOf(await fetch(url, { method: "DELETE" }))).toBe("FOREIGN_ORIGIN");
    expect((await fetch(url, { method: "DELETE", headers: ours })).status).toBe(200);
  });

  test("lets no inline script run", async () => {
    const policy = (await fetch(open.url)).headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
  });

  test("documents every endpoint", async () => {
    const text = await (await fetch(`${open.url}/api/v1/openapi.json`)).text();
    for (const { path } of Object.values(endpoints)) {
      expect(text).toContain(JSON.stringify(path.replace(/:(\w+)/g, "{$1}")));
    }
  });
});

// In this order: the last one locks this host out.
describe("a console with a login", { shuffle: false }, () => {
  test("tells strangers nothing of the cluster", async () => {
    for (const { method, path, access } of Object.values(endpoints)) {
      if (access === "public") continue;
      const url = `${locked.url}/api/v1${path.replace(/:\w+/g, "x")}`;
      const answer = await fetch(url, { method, headers: ours, ...(method === "GET" ? {} : { body: "{}" }) });
      expect([path, answer.status]).toEqual([path, 401]);
    }
    const session = sessionSchema.parse(await (await fetch(`${locked.url}/api/v1/session`)).json());
    expect(session).toMatchObject({ loginRequired: true, user: null, namesrvs: [] });
  });

  test("answers the right password with a cookie that no script and no other site gets", async () => {
    const answer = await login("correct horse");
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const headers = { ...ours, cookie: cookie.split(";")[0] ?? "" };
    expect((await fetch(`${locked.url}/api/v1/cluster`, { headers })).status).toBe(200);
    await fetch(`${locked.url}/api/v1/session`, { method: "DELETE", headers });
    expect((await fetch(`${locked.url}/api/v1/cluster`, { headers })).status).toBe(401);
  });

  test("stops guessing, and writes down that it was tried", async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) statuses.push((await login("wrong")).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await login("correct horse")).status).toBe(429);
    const lines = audit.map((line): unknown => JSON.parse(line));
    expect(lines).toContainEqual(expect.objectContaining({ event: "login", user: "ops", ok: false }));
    expect(audit.join("")).not.toContain("correct horse");
  });
});
