import { parseSpec, planCluster } from "@hotfire/topology";
import { expect, test } from "vitest";
import { refuseLogins } from "./refuse-logins.ts";

const plan = (properties: string) =>
  planCluster(parseSpec(`version: 1\nname: one\nmode: single-master\nproperties: ${properties}`));

test("brokers that ask for a login are named at once", () => {
  expect(() => refuseLogins(plan("{ authenticationEnabled: true }"))).toThrow(
    expect.objectContaining({ code: "LOGIN_UNSUPPORTED", message: expect.stringContaining("broker-a-0") }),
  );
  expect(() => refuseLogins(plan("{ authenticationEnabled: false }"))).not.toThrow();
  expect(() => refuseLogins(plan("{}"))).not.toThrow();
});
