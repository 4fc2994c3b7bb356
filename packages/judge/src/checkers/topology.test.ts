import { expect, test } from "vitest";
import type { RouteRecord } from "../history/observation-records.ts";
import type { HeaderRecord } from "../history/run-records.ts";
import { makeHeader } from "../synthetic/scenarios.ts";
import { TopologyChecker } from "./topology.ts";

const header = makeHeader({ groups: [{ name: "broker-a", brokers: ["broker-a-0", "broker-a-1"] }] });
const route = (namesrv: string, members = ["broker-a-0", "broker-a-1"]): RouteRecord => ({
  type: "route",
  at: 0,
  namesrv,
  group: "broker-a",
  master: "broker-a-0",
  members,
});

function problems(
  cluster: Partial<HeaderRecord["cluster"]>,
  routes = header.cluster.namesrvs.map((n) => route(n)),
) {
  const checker = new TopologyChecker();
  for (const one of routes) checker.addRoute(one);
  return checker.finish({ ...header, cluster: { ...header.cluster, ...cluster } });
}

test("a header that fits its spec and its history says all there is", () => {
  expect(problems({})).toEqual([]);
  // Like groups may stay a number in a spec.
  expect(problems({ spec: { mode: "dledger", groups: 1, replicas: 2, namesrvs: 2 } })).toEqual([]);
});

test("fewer brokers than the spec asks for, or than were seen, are told", () => {
  const fewer = [{ name: "broker-a", brokers: ["broker-a-0"] }];
  expect(problems({ groups: fewer })).toEqual([
    "the header has groups of 1 brokers, and its spec asks for 2",
    "broker-a-1 was seen, and is not in the header",
  ]);
  const spec = { mode: "dledger", groups: 1, replicas: 1, namesrvs: 2 };
  expect(problems({ groups: fewer, spec })).toEqual(["broker-a-1 was seen, and is not in the header"]);
});

test("name servers are those of the spec, and each tells a route", () => {
  expect(problems({ namesrvs: ["namesrv-0"] })).toEqual([
    "the header has 1 name servers, and its spec asks for 2",
    "namesrv-1 is no name server of the header",
  ]);
  expect(problems({}, [route("namesrv-0")])).toEqual(["namesrv-1 told no route of some group"]);
});

test("a spec that says nothing is no spec", () => {
  expect(problems({ spec: {} })).toEqual(["the header's spec does not say how many brokers there are"]);
});

test("a group that is named twice would hide another one", () => {
  const twice = [...header.cluster.groups, ...header.cluster.groups];
  const spec = { mode: "dledger", groups: 2, replicas: 2, namesrvs: 2 };
  expect(problems({ groups: twice, spec })).toEqual(["the header names a group twice"]);
});
