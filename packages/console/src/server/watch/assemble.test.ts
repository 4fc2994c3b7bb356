import { describe, expect, it } from "vitest";
import { assemble } from "./assemble.ts";
import { ControllerWatch } from "./controller-watch.ts";

const noLeader = "CONTROLLERS_LEADERLESS";

function problemsWith(...controllers: ControllerWatch[]): readonly string[] {
  const watched = { namesrvs: [], brokers: [], controllers, proxies: [], writerSeenAt: () => undefined };
  return assemble(watched, 500, Date.now()).problems.map(({ code }) => code);
}

function answered(address: string, isLeader: boolean): ControllerWatch {
  const controller = new ControllerWatch(address);
  controller.reachability.seen(Date.now());
  controller.metadata = {
    group: "hotfire-controllers",
    leaderId: isLeader ? "n0" : undefined,
    leaderAddress: isLeader ? address : undefined,
    isLeader,
    peers: [],
  };
  return controller;
}

describe("assemble", () => {
  it("calls controllers leaderless when all have answered and none leads", () => {
    expect(problemsWith(answered("a:9878", false), answered("b:9878", false))).toContain(noLeader);
    expect(problemsWith(answered("a:9878", false), answered("b:9878", true))).not.toContain(noLeader);
  });

  it("waits for the answer of a controller that it has just heard of: it may lead", () => {
    expect(problemsWith(answered("a:9878", false), new ControllerWatch("b:9878"))).not.toContain(noLeader);
  });
});
