import { EngineError } from "@hotfire/engine";
import { describe, expect, it } from "vitest";
import { errorFacts, renderError } from "./render-error.ts";
import { plainStyle } from "./style.ts";

describe("an error", () => {
  it("shows what, why, the last log lines and what to do", () => {
    const error = new EngineError("NODE_DIED", "broker-a-0 exited with code 253.", {
      hint: "See the whole log: hotfire logs",
      evidence: { log: { of: "broker-a-0", lines: ["first", "last \u001b[2Jline"] } },
    });
    const facts = errorFacts(error);
    expect(facts && renderError(facts, plainStyle).split("\n")).toEqual([
      "error broker-a-0 exited with code 253. [NODE_DIED]",
      "",
      "  last lines of broker-a-0:",
      "  │ first",
      "  │ last line",
      "",
      "hint  See the whole log: hotfire logs",
    ]);
  });

  it("does not repeat the one finding that its message has", () => {
    const error = new EngineError("PORT_IN_USE", "Port 1 is held by x.", {
      evidence: { seen: ["1 is held by x"] },
    });
    const facts = errorFacts(error);
    expect(facts && renderError(facts, plainStyle)).toBe("error Port 1 is held by x. [PORT_IN_USE]");
  });

  it("without a code of ours is none of ours", () => {
    expect(errorFacts(new TypeError("x"))).toBeUndefined();
    expect(errorFacts("x")).toBeUndefined();
  });
});
