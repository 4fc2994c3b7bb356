import { expect, test } from "vitest";
import { BrokerWatch } from "./broker-watch.ts";
import { writersOf } from "./writers.ts";

/** A broker that first said that it is the master at `since`, and last answered so when it was asked at `askedAt`. */
function master(address: string, since: number, askedAt: number): BrokerWatch {
  const broker = new BrokerWatch("C", "broker-a", address);
  broker.reachability.seen(askedAt);
  broker.role = "master";
  broker.roleSince = since;
  broker.roleAskedAt = askedAt;
  broker.roleSeenAt = askedAt + 5;
  return broker;
}

const ids = (...members: BrokerWatch[]) => writersOf(members).map(({ address }) => address);

test("an answer from before the other's promotion makes no second writer", () => {
  expect(ids(master("old:1", 100, 1000), master("new:1", 1200, 1200))).toEqual(["new:1"]);
});

test("one that was asked after it, and says so still, does", () => {
  expect(ids(master("old:1", 100, 1300), master("new:1", 1200, 1200))).toEqual(["new:1", "old:1"]);
});

test("the controllers' choice comes first, also before a broker that was master earlier", () => {
  const [one, other] = [master("old:1", 100, 1300), master("new:1", 1200, 1200)];
  one.masterEpoch = 5;
  expect(ids(one, other)).toEqual(["old:1", "new:1"]);
});

test("in Raft the leader of an older term is none", () => {
  const leaders = [master("old:1", 100, 1300), master("new:1", 1200, 1200)];
  for (const [index, leader] of leaders.entries()) {
    leader.role = "leader";
    leader.config = new Map([["enableDLegerCommitLog", "true"]]);
    leader.dledger = { selfId: `n${index}`, leaderId: `n${index}`, term: 7 + index };
  }
  expect(ids(...leaders)).toEqual(["new:1"]);
});
