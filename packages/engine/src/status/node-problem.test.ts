import { expect, it } from "vitest";
import type { ContainerStatus, NodeStatus } from "./cluster-status.ts";
import { nodeProblem } from "./node-problem.ts";

function broker(container: Partial<ContainerStatus>, more: Partial<NodeStatus> = {}): NodeStatus {
  return {
    name: "broker-a-0",
    kind: "broker",
    group: "broker-a",
    role: "master",
    container: {
      id: "abc",
      state: "running",
      health: "healthy",
      uptimeSeconds: 3600,
      restarts: 0,
      ...container,
    },
    containerAddress: "10.0.0.2:10911",
    hostAddress: undefined,
    memory: { usedBytes: 1, limitBytes: 2, heapBytes: 1, directBytes: 1 },
    registeredAt: [],
    ...more,
  };
}
const sick = { health: "unhealthy", healthProblem: "out of memory 21 times in 3 s" } as const;

it("finds nothing wrong with a node that is well", () => {
  expect(nodeProblem(broker({}))).toBeUndefined();
});

it("says why a node does not answer, where its health check knows", () => {
  expect(nodeProblem(broker({}, { unreachable: "timed out" }))).toBe("broker-a-0 does not answer: timed out");
  expect(nodeProblem(broker(sick, { unreachable: "timed out" }))).toBe(
    "broker-a-0 does not answer: timed out; its health check says: out of memory 21 times in 3 s",
  );
});

it("tells what the health check says of a node that answers", () => {
  expect(nodeProblem(broker(sick))).toBe("broker-a-0 fails its health check: out of memory 21 times in 3 s");
});

it("tells how a container ended, and that it keeps ending", () => {
  const ended = broker({ state: "exited", exitCode: 137, oomKilled: true });
  expect(nodeProblem(ended)).toBe("broker-a-0 is exited (exit code 137, out of memory)");
  const again = broker({ restarts: 3, uptimeSeconds: 5 });
  expect(nodeProblem(again)).toBe("broker-a-0 keeps ending: restarted 3x by the engine");
});
