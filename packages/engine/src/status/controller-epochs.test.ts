import { describe, expect, test } from "vitest";
import { type Epochs, judgeEpochs } from "./controller-epochs.ts";

type Said = Epochs | { readonly problem: string };

const at = (masterEpoch: number, setEpoch: number): Epochs => ({ masterEpoch, setEpoch });

function judge(controllers: readonly Said[], brokers: Record<string, number> = {}, leader = "controller-0") {
  return judgeEpochs({
    group: "broker-a",
    controllers: new Map(controllers.map((said, index) => [`controller-${index}`, said] as const)),
    leader,
    brokers: new Map(Object.entries(brokers)),
  });
}

describe("the epochs of a broker group", () => {
  test("agree when every controller counts the same and no broker is ahead", () => {
    const { result, lines } = judge([at(3, 6), at(3, 6), at(3, 6)], { "broker-a-0": 3, "broker-a-1": 2 });
    expect(result).toBe("agree");
    expect(lines[0]).toBe("controller-0 (leader): masterEpoch 3, syncStateSetEpoch 6");
  });

  test("that one controller counted twice are named, with the controller and the way out", () => {
    const { result, problems } = judge([at(3, 6), at(3, 6), at(11, 20)]);
    expect(result).toBe("disagree");
    expect(problems).toEqual([
      expect.stringMatching(
        /controller-2 \(11, 20\) above controller-0, controller-1 \(3, 6\).*node restart controller-2/,
      ),
    ]);
  });

  test("are worse when that one leads", () => {
    const { problems } = judge([at(11, 20), at(3, 6), at(3, 6)]);
    expect(problems[0]).toContain("and leads: brokers take its numbers over");
  });

  test("that only one controller lacks are said to be missing there", () => {
    const { result, problems } = judge([at(3, 6), at(3, 6), at(3, 5)]);
    expect(result).toBe("disagree");
    expect(problems[0]).toMatch(/^controller-2 of the controllers is behind on broker-a \(3, 5\)/);
  });

  test("in a broker's log that no controller has reached stop every new master", () => {
    const { result, problems } = judge([at(3, 6), at(3, 6), at(3, 6)], { "broker-a-1": 11 });
    expect(result).toBe("disagree");
    expect(problems[0]).toMatch(/^broker-a-1 is at epoch 11, above every controller's \(3\)/);
  });

  test("are unknown while a controller does not say, but a disagreement of the others counts", () => {
    const silent = { problem: "its container is exited" };
    expect(judge([at(3, 6), at(3, 6), silent]).result).toBe("unknown");
    expect(judge([silent, silent, silent]).result).toBe("unknown");
    expect(judge([at(3, 6), at(11, 20), silent]).result).toBe("disagree");
  });
});
