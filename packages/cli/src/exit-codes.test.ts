import { describe, expect, it } from "vitest";
import { exitCodeOf } from "./exit-codes.ts";

describe("exit codes", () => {
  it.each([
    [{ code: "SPEC_INVALID", blame: "user" }, 3],
    [{ code: "PORT_IN_USE", blame: "user" }, 3],
    [{ code: "ENGINE_UNREACHABLE", blame: "engine" }, 4],
    [{ code: "DEADLINE_PASSED", blame: "engine" }, 2],
    [{ code: "NODE_DIED", blame: "engine" }, 1],
    [{ code: "INTERRUPTED", blame: "user" }, 130],
    [{ code: "DRILL_INTERRUPTED", blame: "user" }, 130],
    [{ code: "DRILL_UNKNOWN", blame: "user" }, 3],
    [{ code: "ENGINE_ANSWER_UNEXPECTED", blame: "tool" }, 70],
  ] as const)("%o exits with %i", (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});
