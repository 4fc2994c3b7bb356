import { expect, test } from "vitest";
import { type NodeLine, tellingLines } from "./telling-lines.ts";

const time = "2026-11-23T06:28:49.561Z";
const line = (at: number, text: string, node = "broker-a-0"): NodeLine => ({
  at,
  node,
  text: `${time} ${text}`,
});
const elected =
  "INFO  DLedgerLeaderElector [StateMaintainer] [n1] [VOTE_RESULT] has been elected to be the leader in term";
const failed = "ERROR RocketmqBroker [Thread_1] SyncTopicConfig Exception, 172.25.0.4:10911";

test("elections, registrations and errors are kept, without their own time; routine is not", () => {
  const kept = tellingLines(
    [
      line(3, `${elected} 2`),
      line(
        1,
        "INFO  RocketmqNamesrv [T_1] new broker registered, BrokerIdentityInfo [brokerAddr=172.25.0.4:10911]",
      ),
      line(2, failed),
      line(
        4,
        "INFO  RocketmqBroker [T_2] Registering current broker to name server completed. TargetHost=n:9876",
      ),
      line(5, "WARN  RocketmqStore [T] DefaultMessageStore#putMessage: CommitLog#putMessage cost 600ms"),
      { at: 6, node: "broker-a-0", text: "\tat org.apache.rocketmq.ElectionThing(Unknown Source)" },
    ],
    10,
  );
  expect(kept.map(({ at }) => at)).toEqual([1, 2, 3]);
  expect(kept[2]?.text).toBe(`${elected} 2`);
});

test("what repeats itself is kept a few times for each node", () => {
  const many = Array.from({ length: 50 }, (_, index) => line(index, `${failed}${index}`));
  const others = many.map((one) => ({ ...one, node: "broker-a-1" }));
  expect(tellingLines([...many, ...others], 100)).toHaveLength(4);
});

test("where there are too many, elections stay and errors go", () => {
  const errors = Array.from({ length: 20 }, (_, index) =>
    line(index, `ERROR X [T] kind ${"x".repeat(index)}`),
  );
  const kept = tellingLines([...errors, line(99, `${elected} 3`)], 5);
  expect(kept).toHaveLength(5);
  expect(kept.at(-1)?.at).toBe(99);
});
