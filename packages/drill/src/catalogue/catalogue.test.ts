import { readdirSync } from "node:fs";
import { join } from "node:path";
import { boundless, type ProvenKind, proofOf } from "@hotfire/judge";
import { expectationSchema } from "@hotfire/judge/history";
import { loadPreset, modes, planCluster } from "@hotfire/topology";
import { describe, expect, it } from "vitest";
import { catalogue, findDrill } from "./catalogue.ts";
import { chaosDrill } from "./chaos-drill.ts";
import { expectationFor, missingNeeds, specFor } from "./spec-for.ts";
import { resolveToken, resolveTokens } from "./targets.ts";

const all = [...catalogue, chaosDrill({ forMs: 60_000, overlapping: true })];

describe("the catalogue", () => {
  it("has every file of the folder, each under its own name", () => {
    const files = readdirSync(join(import.meta.dirname, "drills")).map((file) => file.replace(/\.ts$/, ""));
    expect(catalogue.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
  });

  it("claims what a run can break", () => {
    // A minute at 300 sends a second.
    const reach = { sent: 18_000, length: 60_000_000 };
    for (const { expect: claims } of catalogue)
      for (const claim of Object.values(claims)) expect(boundless(claim, reach)).toEqual([]);
  });

  it("injects faults whose proof the judge knows", () => {
    const injected: readonly ProvenKind[] = catalogue.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.do === "inject" ? [step.fault.kind] : [])),
    );
    expect(injected.filter((kind) => proofOf[kind] === undefined)).toEqual([]);
  });

  it.each(all.map((drill) => [drill.name, drill] as const))("%s is sound", (_, drill) => {
    for (const expectation of Object.values(drill.expect)) {
      expect(expectationSchema.parse(expectation)).toEqual(expectation);
    }
    expect(Object.keys(drill.expect)).toContain(loadPreset(drill.preset).mode);
    const injected = drill.steps.flatMap((step) => (step.do === "inject" ? [step.as] : []));
    const healed = drill.steps.flatMap((step) => (step.do === "heal" ? [step.fault] : []));
    expect(new Set(injected).size).toBe(injected.length);
    expect(healed.toSorted()).toEqual(injected.toSorted());
    expect(drill.steps.filter(({ do: what }) => what === "resume-sending")).toHaveLength(
      drill.steps.filter(({ do: what }) => what === "pause-sending").length,
    );
    for (const [index, step] of drill.steps.entries()) {
      if (step.do !== "inject" || step.to === undefined) continue;
      expect(step.fault.kind).toBe("switchover");
      const earlier = drill.steps.slice(0, index);
      expect(earlier.some((one) => one.do === "inject" && one.as === step.to)).toBe(true);
    }
    for (const mode of modes.filter((known) => drill.expect[known] !== undefined)) {
      const plan = planCluster(specFor(drill, loadPreset(mode)));
      for (const step of drill.steps) {
        if (step.do !== "inject") continue;
        const targets = resolveTokens(step.on, plan).map(({ target }) => target);
        expect(targets.length).toBeGreaterThan(0);
        expect(targets.join()).not.toMatch(/first|writer|replica|cluster/);
      }
    }
  });

  it("names the nearest drill to a mistyped one", () => {
    expect(() => findDrill("writer-kil")).toThrow(
      expect.objectContaining({ code: "DRILL_UNKNOWN", hint: expect.stringContaining("writer-kill") }),
    );
  });

  it("refuses a mode that the drill says nothing of", () => {
    expect(() => expectationFor(findDrill("quorum-lost"), "single-master")).toThrow(
      expect.objectContaining({ code: "DRILL_NOT_APPLICABLE", hint: "It runs on dledger, controller." }),
    );
  });
});

describe("what a drill needs of its cluster", () => {
  const drill = findDrill("unclean-election-on");

  it("is put into the spec of its own cluster", () => {
    const spec = specFor(drill, loadPreset("controller"));
    expect(spec.whenSlaveIsGone).toBe("degrade");
    expect(spec.electUncleanMaster).toBe(true);
    expect(missingNeeds(drill, spec)).toEqual([]);
  });

  it("is named when a running cluster lacks it", () => {
    expect(missingNeeds(drill, loadPreset("controller"))).toEqual([
      "whenSlaveIsGone: degrade",
      "electUncleanMaster: true",
    ]);
  });
});

describe("targets", () => {
  const dledger = planCluster(loadPreset("dledger-2x3"));
  const pairs = planCluster(loadPreset("master-slave-async"));

  it.each([
    ["first:writer", dledger, "broker-a:leader", true],
    ["second:replica", dledger, "broker-b:follower", true],
    ["first:replicas", dledger, "broker-a:follower", false],
    ["first:writer", pairs, "broker-a:master", true],
    ["first:replica", pairs, "broker-a:slave", true],
    ["first:all", pairs, "broker-a:all", false],
    ["namesrv:first", pairs, "namesrv-0", true],
    ["namesrv:all", pairs, "namesrv:all", false],
    ["controller:leader", pairs, "controller:leader", true],
    ["controller:replica", pairs, "controller:follower", true],
  ] as const)("%s", (token, plan, target, single) => {
    expect(resolveToken(token, plan)).toEqual({ target, single });
  });

  it("of a room are those that the cluster has", () => {
    const room = ["first:writer", "first:replica", "controller:leader", "namesrv:first"] as const;
    const of = (plan: typeof dledger) => resolveTokens(room, plan).map(({ target }) => target);
    expect(of(dledger)).toEqual(["broker-a:leader", "broker-a:follower", "namesrv-0"]);
    expect(of(planCluster(loadPreset("controller")))).toContain("controller:leader");
    expect(resolveTokens("cluster:all", dledger).map(({ target }) => target)).toEqual([
      "namesrv:all",
      "broker:all",
    ]);
  });

  it("needs the group to be there", () => {
    expect(() => resolveToken("second:writer", planCluster(loadPreset("dledger")))).toThrow(
      expect.objectContaining({ code: "DRILL_NOT_APPLICABLE" }),
    );
  });
});
