/**
 * @module-tag quick
 * A mistyped command is a person's most frequent error.
 */
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/failure.ts";
import { hotfire } from "../support/hotfire.ts";

describe("a mistake on the command line", () => {
  it("names the command that was probably meant", async () => {
    const result = await hotfire(["statsu"]);
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/unknown command 'statsu'[\s\S]*status/);
  });

  it("names the option that was probably meant", async () => {
    const result = await hotfire(["up", "dledger", "--prot-offset", "1"]);
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/unknown option '--prot-offset'[\s\S]*--port-offset/);
  });

  it("names the preset that was probably meant", async () => {
    const failure = await failureOf(["up", "dledgr"]);
    expect(failure).toMatchObject({ exitCode: 3, code: "PRESET_UNKNOWN", blame: "user" });
    expect(`${failure.message} ${failure.hint}`).toMatch(/dledgr.*dledger/s);
  });

  it.each([
    ["--port-offset", "ten"],
    ["--memory", "broker=lots"],
  ])("shows what %s takes", async (option, value) => {
    const failure = await failureOf(["up", "dledger", option, value]);
    expect(failure).toMatchObject({ exitCode: 3, code: "ARGUMENT_INVALID", blame: "user" });
    expect(failure.message).toContain(value);
    expect(failure.hint).toBeTruthy();
  });

  it("shows what a duration looks like", async () => {
    const result = await hotfire(["up", "dledger", "--deadline", "soon"]);
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/soon[\s\S]*90s/);
  });
});
