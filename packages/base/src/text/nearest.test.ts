import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

const keys = ["name", "mode", "namesrvs", "clusterName", "groups", "replicas", "whenSlaveIsGone"];

describe("suggestions", () => {
  it.each([
    ["mod", "mode"],
    ["replica", "replicas"],
    ["cluster_name", "clusterName"],
    ["ClusterName", "clusterName"],
    ["nmae", "name"],
    ["namesvrs", "namesrvs"],
    ["when-slave-is-gone", "whenSlaveIsGone"],
  ])("takes %s for %s", (word, meant) => {
    expect(nearest(word, keys)).toBe(meant);
  });

  it.each(["storage", "x", "kubernetes", "a".repeat(100_000)])("does not guess at %.20s", (word) => {
    expect(nearest(word, keys)).toBeUndefined();
  });
});
