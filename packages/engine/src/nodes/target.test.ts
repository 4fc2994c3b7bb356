import { describe, expect, it } from "vitest";
import { type EngineError, isEngineError } from "../errors/engine-error.ts";
import { matchOneTarget, matchTarget, parseTarget } from "./target.ts";

const nodes = [
  { node: "namesrv-0", kind: "namesrv", group: undefined, role: undefined },
  { node: "broker-a-0", kind: "broker", group: "broker-a", role: "follower" },
  { node: "broker-a-1", kind: "broker", group: "broker-a", role: "leader" },
  { node: "broker-a-2", kind: "broker", group: "broker-a", role: "follower" },
  { node: "broker-b-0", kind: "broker", group: "broker-b", role: undefined },
] as const;

function errorOf(action: () => unknown): EngineError {
  try {
    action();
  } catch (error) {
    if (isEngineError(error)) return error;
    throw error;
  }
  throw new Error("expected an error");
}

describe("targets", () => {
  it("are a node's name or a group and a role", () => {
    expect(parseTarget("broker-a-0")).toEqual({ by: "node", name: "broker-a-0" });
    expect(parseTarget("broker-a:slave")).toEqual({ by: "role", group: "broker-a", role: "slave" });
  });

  it.each(["", ":leader", "a:b:c", "broker-a:boss"])("refuse %j and show the grammar", (text) => {
    const error = errorOf(() => parseTarget(text));
    expect(error.code).toBe("TARGET_INVALID");
    expect(error.hint).toContain("GROUP:ROLE");
  });

  it("take master and leader, slave and follower for the same place", () => {
    expect(matchOneTarget(parseTarget("broker-a:leader"), nodes)).toBe("broker-a-1");
    expect(matchOneTarget(parseTarget("broker-a:master"), nodes)).toBe("broker-a-1");
    expect(matchTarget(parseTarget("broker-a:slave"), nodes)).toEqual(["broker-a-0", "broker-a-2"]);
  });

  it("are all nodes of a group or of a kind", () => {
    expect(matchTarget(parseTarget("broker-a:all"), nodes)).toEqual([
      "broker-a-0",
      "broker-a-1",
      "broker-a-2",
    ]);
    expect(matchTarget(parseTarget("namesrv:all"), nodes)).toEqual(["namesrv-0"]);
    expect(matchTarget(parseTarget("broker:all"), nodes)).toHaveLength(4);
    expect(errorOf(() => matchTarget(parseTarget("proxy:all"), nodes)).hint).toContain("namesrv, broker");
  });

  it("name the candidates when several fit", () => {
    const error = errorOf(() => matchOneTarget(parseTarget("broker-a:follower"), nodes));
    expect(error.code).toBe("TARGET_AMBIGUOUS");
    expect(error.hint).toContain("broker-a-0, broker-a-2");
  });

  it("say what is there when nothing fits", () => {
    expect(errorOf(() => matchTarget(parseTarget("broker-c:leader"), nodes)).hint).toContain(
      "broker-a, broker-b",
    );
    expect(errorOf(() => matchTarget(parseTarget("broker-b:leader"), nodes)).hint).toContain(
      "broker-b-0 (role unknown)",
    );
    expect(errorOf(() => matchTarget(parseTarget("broker-z-9"), nodes)).hint).toContain("namesrv-0");
  });
});
