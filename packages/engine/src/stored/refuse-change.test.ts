import { parseSpec, planCluster, storedNodes } from "@hotfire/topology";
import { describe, expect, test } from "vitest";
import { isEngineError } from "../errors/engine-error.ts";
import { type ChangeOptions, refuseChange } from "./refuse-change.ts";

const plan = (text: string) => planCluster(parseSpec(`version: 1\nname: one\n${text}`));

/** The error's message and what it shows, or the nodes whose volumes are renewed. */
function answer(before: string, after: string, options: ChangeOptions = {}) {
  try {
    return refuseChange(storedNodes(plan(before)), plan(after), options);
  } catch (error) {
    if (!isEngineError(error, "STORED_DATA")) throw error;
    return { message: error.message, hint: error.hint, seen: error.evidence.seen?.join("\n") };
  }
}

const three = ["broker-a-0", "broker-a-1", "broker-a-2"];
const sizes = "mode: dledger\nproperties: { mappedFileSizeCommitLog: 67108864 }";

describe("a change of what is stored", () => {
  test("of DLedger's members is refused, with key, reason and ways on", () => {
    expect(answer("mode: dledger", "mode: dledger\nreplicas: 5")).toMatchObject({
      message: expect.stringMatching(/replicas from 3 to 5\. Nothing was touched\.$/),
      seen: expect.stringMatching(/majorities without a common member[\s\S]*- add a group with 5 members/),
      hint: expect.stringContaining("--new-volumes broker-a-0,broker-a-1,broker-a-2"),
    });
  });

  test("happens where every node that loses its data is named, and only then", () => {
    expect(answer("mode: dledger", "mode: dledger\nreplicas: 5", { newVolumes: three })).toEqual(three);
    expect(
      answer("mode: dledger", "mode: dledger\nreplicas: 5", { newVolumes: three.slice(1) }),
    ).toMatchObject({
      message: expect.stringContaining("replicas"),
    });
  });

  test("never happens to a running Raft group node by node, named or not", () => {
    const rolling = { newVolumes: three, how: "rolling" } as const;
    expect(answer("mode: dledger", "mode: dledger\nreplicas: 5", rolling)).toMatchObject({
      hint: expect.stringContaining("cannot take it node by node"),
    });
    expect(answer("mode: dledger", sizes, rolling)).toEqual(three);
    expect(answer("mode: dledger", sizes, { how: "rolling" })).toMatchObject({
      hint: expect.stringContaining("restart --rolling one --spec FILE --new-volumes"),
    });
  });

  test("is no reason for a new volume where there is none", () => {
    expect(answer("mode: dledger", "mode: dledger", { newVolumes: ["broker-a-0"] })).toMatchObject({
      message: expect.stringContaining("Nothing that changes asks"),
    });
    expect(answer("mode: dledger", "mode: dledger\nnamesrvs: 3")).toEqual([]);
  });
});
