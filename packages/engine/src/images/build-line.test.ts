import { expect, it } from "vitest";
import { buildLine } from "./build-line.ts";

it.each([
  [
    "#12 [jars 3/4] RUN --mount=type=secret,id=ca /build/fetch-jars.sh /build/5.5.0.txt",
    "broker: RocketMQ's jars are fetched",
  ],
  ["#9 [runtime 2/4] RUN groupadd rocketmq", "broker: [runtime 2/4] RUN groupadd rocketmq"],
  ["#1 [internal] load build definition", undefined],
  ["#23 14.23 train: dledger_0", "broker: training, dledger 0"],
  ["#23 14.23 something else", undefined],
])("%s", (line, said) => {
  expect(buildLine("broker", line)).toBe(said);
});

it("says of the training what it is for, and how long it takes", () => {
  expect(buildLine("broker", "#23 [trained 2/2] RUN /build/train.sh broker")).toMatch(
    /every role runs once.*105 s/,
  );
});
