import { describe, expect, test } from "vitest";
import { type GroupRoute, RouteViews } from "./route-views.ts";

const a: GroupRoute = { master: "a:1", replicas: ["b:1"] };
const b: GroupRoute = { master: "b:1", replicas: [] };
const none: GroupRoute = { master: undefined, replicas: ["b:1"] };
const view = (route: GroupRoute) => new Map([["g", route]]);

describe("which name server to believe", () => {
  test("the one that named its master last, not the one that was asked last", () => {
    const views = new RouteViews();
    views.update("n0", view(a), 1);
    views.update("n1", view(a), 2);
    views.update("n0", view(b), 3);
    views.update("n1", view(a), 4);
    expect(views.route("g")).toEqual(b);
    views.update("n1", view(b), 5);
    expect(views.route("g").master).toBe("b:1");
  });

  test("one that knows a master before one that knows none", () => {
    const views = new RouteViews();
    views.update("n0", view(a), 1);
    views.update("n1", view(none), 2);
    expect(views.route("g")).toEqual(a);
    views.update("n0", view(none), 3);
    expect(views.route("g")).toEqual(none);
  });

  test("one that does not name a group, or no group at all, changes nothing about it", () => {
    const views = new RouteViews();
    views.update("n0", view(a), 1);
    views.update("n0", new Map([["other", b]]), 2);
    views.update("n1", new Map(), 3);
    expect(views.route("g")).toEqual(a);
    expect(views.route("other")).toEqual(b);
  });

  test("with all of them gone the last route stays, and of a restarted one the old address is forgotten", () => {
    const views = new RouteViews();
    views.update("n0", view(a), 1);
    views.keepOnly([]);
    views.keepOnly(["elsewhere"]);
    expect(views.route("g")).toEqual(a);
    views.update("elsewhere", view(none), 2);
    views.keepOnly(["elsewhere"]);
    expect(views.route("g")).toEqual(none);
  });

  test("an unknown group has no route", () => {
    expect(new RouteViews().route("g").master).toBeUndefined();
  });
});
