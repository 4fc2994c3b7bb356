import { expect, test } from "vitest";
import type { StoredRecord } from "../history/record.ts";
import { fault, history, range, readBack, send } from "../synthetic/build.ts";
import { judge } from "./judge.ts";

const sends = range(2000).map((sequence) => send(sequence));
const slave = { node: "broker-a-1", authoritative: false };
const run = (...more: readonly StoredRecord[]) =>
  history(fault(1_000_500, 1_500_000), sends, more, readBack(range(2000)), readBack(range(2000), slave));
const route = (namesrv: string, master: string): StoredRecord => ({
  type: "route",
  at: 1_999_000,
  previousAt: 1_900_000,
  namesrv,
  group: "broker-a",
  master,
  members: ["broker-a-0", "broker-a-1"],
});

async function routed(records: readonly StoredRecord[]) {
  const { checks } = (await judge([records])).result;
  return checks.find(({ check }) => check === "routed");
}

test("a route that changes at the end, at one name server too, leaves open what clients read", async () => {
  expect(await routed(run())).toMatchObject({ status: "pass" });
  expect(await routed(run(route("namesrv-1", "broker-a-1")))).toMatchObject({
    status: "unknown",
    measured: expect.stringContaining("routed to broker-a-0 and broker-a-1"),
  });
});

test("who acknowledged last is what clients read", async () => {
  const late = sends.map((one) => (one.sequence > 1900 ? { ...one, broker: "broker-a-1" } : one));
  const records = history(
    fault(1_000_500, 1_500_000),
    late,
    readBack(range(2000)),
    readBack(range(2000), slave),
  );
  expect(await routed(records)).toMatchObject({
    measured: "broker-a-0 was read back for broker-a, and broker-a-1 was the last one to acknowledge",
  });
});

test("who calls itself a replica is not what clients read", async () => {
  const word: StoredRecord = {
    type: "role",
    at: 1_950_000,
    group: "broker-a",
    node: "broker-a-0",
    role: "slave",
    source: "broker",
  };
  expect(await routed(run(word))).toMatchObject({
    measured: "broker-a-0 was read back for broker-a, and called itself a replica",
  });
});
