import { expect, test } from "vitest";
import type { Rule } from "../history/expectation.ts";
import { boundless } from "./claim-bounds.ts";

/** A minute at 300 sends a second. */
const reach = { sent: 18_000, length: 60_000_000 };
const of = (rule: Rule) => boundless({ claim: "x", source: "test", rules: [rule] }, reach);

test.each<Rule>([
  { check: "lost" },
  { check: "lost", min: 1 },
  { check: "lost", max: 18_000 },
  { check: "failed", min: 0 },
  { check: "rto", groups: "all", max: 600_000_000 },
  { check: "availability", groups: "all", min: 0 },
  { check: "takeovers", groups: "target", min: 0 },
  { check: "outage", groups: "others", expect: "some" },
])("nothing could break %j", (rule) => {
  expect(of(rule)).toEqual([`the claim sets no limit to ${rule.check}`]);
});

test.each<Rule>([
  { check: "lost", min: 1, max: 100 },
  { check: "lost", min: 1, sent: "until-in-force" },
  { check: "undelivered", notAbove: ["lost"] },
  { check: "failed", min: 1 },
  { check: "takeovers", groups: "target", max: 0 },
])("a run could break %j", (rule) => {
  expect(of(rule)).toEqual([]);
});
