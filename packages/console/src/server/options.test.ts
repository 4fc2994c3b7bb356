import { describe, expect, test } from "vitest";
import { hashPassword } from "./http/password.ts";
import { OptionsError, parseEnvironment } from "./options.ts";

const base = { NAMESRV_ADDR: "namesrv-0:9876;namesrv-1:9876" };

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    parseEnvironment(env);
    return [];
  } catch (error) {
    if (error instanceof OptionsError) return error.problems;
    throw error;
  }
}

describe("a console's environment", () => {
  test("needs no more than name servers, and then is on this machine and only looks", () => {
    expect(parseEnvironment(base)).toMatchObject({
      namesrvs: ["namesrv-0:9876", "namesrv-1:9876"],
      host: "127.0.0.1",
      published: "127.0.0.1",
      write: false,
      login: undefined,
    });
  });

  test.each([
    ["bound elsewhere", { HOTFIRE_CONSOLE_HOST: "0.0.0.0" }],
    ["published elsewhere", { HOTFIRE_CONSOLE_HOST: "0.0.0.0", HOTFIRE_CONSOLE_PUBLISHED: "192.0.2.1" }],
    ["published on what only looks like loopback", { HOTFIRE_CONSOLE_PUBLISHED: "127.0.0.1.example.org" }],
  ])("%s without a login: it does not start", (_, env) => {
    expect(problemsOf({ ...base, ...env })[0]).toContain("without a login");
  });

  test("in a container, where it is published decides", () => {
    const env = { ...base, HOTFIRE_CONSOLE_HOST: "0.0.0.0", HOTFIRE_CONSOLE_PUBLISHED: "127.0.0.1" };
    expect(problemsOf(env)).toEqual([]);
  });

  test("with a login it may be published anywhere", async () => {
    const login = {
      HOTFIRE_CONSOLE_USER: "ops",
      HOTFIRE_CONSOLE_PASSWORD_HASH: await hashPassword("x", { N: 1024, r: 8, p: 1 }),
    };
    expect(problemsOf({ ...base, ...login, HOTFIRE_CONSOLE_HOST: "0.0.0.0" })).toEqual([]);
  });

  test("mistakes are named by variable", () => {
    expect(problemsOf({})).toEqual(["NAMESRV_ADDR is not set"]);
    expect(problemsOf({ NAMESRV_ADDR: "namesrv" })[0]).toContain("host:port");
    expect(problemsOf({ ...base, HOTFIRE_CONSOLE_WRITE: "yes" })[0]).toContain("HOTFIRE_CONSOLE_WRITE");
    expect(problemsOf({ ...base, HOTFIRE_CONSOLE_USER: "ops" })[0]).toContain("belong together");
    const plain = { HOTFIRE_CONSOLE_USER: "ops", HOTFIRE_CONSOLE_PASSWORD_HASH: "secret" };
    expect(problemsOf({ ...base, ...plain })[0]).toContain("--hash-password");
  });
});
