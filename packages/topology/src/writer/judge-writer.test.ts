import { expect, test } from "vitest";
import { type GroupFacts, judgeWriter, type WriterFacts } from "./judge-writer.ts";

const now = 1_764_278_400_000;
const ago = (seconds: number) => now - 1000 * seconds;

const broker = (index: number, more: Partial<WriterFacts> = {}): WriterFacts => ({
  node: `broker-a-${index}`,
  role: "follower",
  gone: undefined,
  whyNoWrites: "follower",
  ...more,
});
const leader: Partial<WriterFacts> = { role: "leader", whyNoWrites: undefined };
const raft = (...brokers: WriterFacts[]): GroupFacts => ({
  group: "broker-a",
  electedBy: "brokers",
  size: 3,
  brokers,
});
const led = { total: 3, answering: 3, haveLeader: true, inSync: ["broker-a-0", "broker-a-1"] };
const controlled = (controllers: GroupFacts["controllers"], ...brokers: WriterFacts[]): GroupFacts => ({
  group: "broker-a",
  electedBy: "controllers",
  size: 2,
  brokers,
  ...(controllers === undefined ? {} : { controllers }),
});

test("a leader that takes writes is enough, whatever the others are", () => {
  expect(
    judgeWriter(raft(broker(0, leader), broker(1), broker(2, { gone: "is exited (137)" })), now),
  ).toBeUndefined();
});

test("a leader without Hotfire's launcher says nothing of its writes, and counts by its role", () => {
  expect(
    judgeWriter(raft(broker(0, { role: "leader", whyNoWrites: undefined }), broker(1)), now),
  ).toBeUndefined();
});

test("three followers elect, since the one that led ceased to", () => {
  const facts = raft(
    broker(0, { writesCeasedAt: ago(105) }),
    broker(1),
    broker(2, { writesCeasedAt: ago(300) }),
  );
  expect(judgeWriter(facts, now)).toEqual({
    group: "broker-a",
    why: "electing",
    since: ago(105),
    detail: "electing: 3 of 3 brokers answer, none leads",
    text: "broker-a takes no writes for 105 s: electing: 3 of 3 brokers answer, none leads",
  });
});

test("a leader whose log is not committed yet takes none", () => {
  expect(
    judgeWriter(raft(broker(0, { whyNoWrites: "catching-up" }), broker(1), broker(2)), now),
  ).toMatchObject({
    why: "electing",
    text: "broker-a takes no writes: broker-a-0 was elected, and has not committed its log yet",
  });
});

test("without a majority the last end that mattered is the begin", () => {
  const dead = (index: number, seconds: number) =>
    broker(index, { role: undefined, gone: "is exited (137)", endedAt: ago(seconds) });
  expect(judgeWriter(raft(dead(0, 60), dead(1, 20), broker(2)), now)).toMatchObject({
    why: "no-majority",
    since: ago(20),
    text: "broker-a takes no writes for 20 s: no majority: 1 of 3 brokers answer, 2 are needed; broker-a-0 is exited (137); broker-a-1 is exited (137)",
  });
  expect(judgeWriter(raft(dead(0, 60), dead(1, 20), dead(2, 5)), now)).toMatchObject({ since: ago(20) });
});

test("controllers that are gone promote nobody", () => {
  const facts = controlled(
    { ...led, answering: 1, haveLeader: false },
    broker(0, { role: "slave", whyNoWrites: "slave" }),
  );
  expect(judgeWriter(facts, now)).toMatchObject({
    why: "controllers-gone",
    text: "broker-a takes no writes: no controller leads: 1 of 3 answer",
  });
});

test("controllers promote a broker of the in-sync set only", () => {
  const facts = controlled(
    { ...led, inSync: ["broker-a-0"] },
    broker(0, { role: undefined, gone: "is exited (137)", endedAt: ago(9) }),
    broker(1, { role: "slave", whyNoWrites: "slave" }),
  );
  expect(judgeWriter(facts, now)).toMatchObject({ why: "no-replica", since: ago(9) });
});

test("with one of the set alive they elect", () => {
  const facts = controlled(
    led,
    broker(0, { gone: "is exited (137)" }),
    broker(1, { role: "slave", whyNoWrites: "slave" }),
  );
  expect(judgeWriter(facts, now)).toMatchObject({ why: "electing" });
});

test.each([
  ["disk-full", "disk-full"],
  ["read-only", "read-only"],
  ["too-few-replicas", "too-few-replicas"],
  ["out-of-memory", "out-of-memory"],
] as const)("a master that refuses says why: %s", (whyNoWrites, why) => {
  const facts: GroupFacts = {
    group: "broker-a",
    electedBy: "configuration",
    size: 2,
    brokers: [
      broker(0, { role: "master", whyNoWrites, writesCeasedAt: ago(3) }),
      broker(1, { role: "slave", whyNoWrites: "slave" }),
    ],
  };
  expect(judgeWriter(facts, now)).toMatchObject({ why, since: ago(3) });
});

test("a follower without memory is no reason why nobody leads", () => {
  expect(
    judgeWriter(raft(broker(0, { whyNoWrites: "out-of-memory" }), broker(1), broker(2)), now),
  ).toMatchObject({
    why: "electing",
  });
});

test("a fixed master that is down stays the reason", () => {
  const facts: GroupFacts = {
    group: "broker-a",
    electedBy: "configuration",
    size: 1,
    brokers: [broker(0, { role: undefined, gone: "is exited (3, out of memory)", endedAt: ago(7) })],
  };
  expect(judgeWriter(facts, now)?.text).toBe(
    "broker-a takes no writes for 7 s: broker-a-0 is exited (3, out of memory)",
  );
});

test("who saw the last writer knows best since when", () => {
  const facts = {
    ...raft(broker(0, { writesCeasedAt: ago(50) }), broker(1), broker(2)),
    lastWriterAt: ago(40),
  };
  expect(judgeWriter(facts, now)).toMatchObject({ since: ago(40) });
});
