import type { DrillEvent, GroupRate } from "@hotfire/drill";

/** A leader's death on two DLedger groups, as a run would report it; for tests. */
export function exampleEvents(): DrillEvent[] {
  const second = 1_000_000;
  const events: DrillEvent[] = [
    {
      type: "drill",
      at: 0,
      drill: "writer-kill",
      title: "The broker that takes writes is killed, and started again",
      cluster: "drill-writer-kill",
      mode: "dledger",
      groups: ["broker-a", "broker-b"],
      seed: 4711,
      folder: "/runs/x",
      expectedMs: 40_000,
    },
    { type: "phase", at: 0, name: "prepare", expectedMs: 1000 },
    { type: "phase", at: 10_000, name: "warm-up", expectedMs: 3000 },
    { type: "phase", at: 15_000, name: "baseline", expectedMs: 5000 },
  ];
  for (const group of ["broker-a", "broker-b"]) {
    for (const index of [0, 1, 2]) {
      const role = index === 0 ? "leader" : "follower";
      events.push({ type: "role", at: 20_000, group, node: `${group}-${index}`, role, term: 2 });
    }
  }
  const fault = { type: "fault", id: "kill", kind: "kill", target: "broker-a:leader" } as const;
  for (let at = second / 4; at <= 12 * second; at += second / 4) {
    const isDown = at > 8 * second && at <= 10 * second;
    const good: Omit<GroupRate, "group"> = { acknowledged: 75, failed: 0, inDoubt: 0, consumed: 75 };
    const bad: Omit<GroupRate, "group"> = { acknowledged: 0, failed: 60, inDoubt: 15, consumed: 0 };
    events.push({
      type: "rates",
      at,
      groups: [
        { group: "broker-a", ...(isDown ? bad : good) },
        { group: "broker-b", ...good },
      ],
    });
    if (at === 8 * second) {
      events.push(
        { type: "phase", at, name: "fault", expectedMs: 9000 },
        { ...fault, at, state: "planned", nodes: [], seen: "" },
        { ...fault, at: at + 1, state: "injected", nodes: ["broker-a-0"], seen: "exited, code 137" },
        { type: "role", at: at + 2, group: "broker-a", node: "broker-a-0", role: "unreachable", term: 2 },
      );
    }
    if (at === 10 * second) {
      events.push({ type: "role", at, group: "broker-a", node: "broker-a-1", role: "leader", term: 3 });
    }
  }
  return events;
}
