import { readdirSync } from "node:fs";
import { join } from "node:path";
import { loadPreset, modes, planCluster } from "@hotfire/topology";
import { describe, expect, it } from "vitest";
import { expectationSchema } from "../verdict/rule.ts";
import { catalogue, findDrill } from "./catalogue.ts";
import { chaosDrill } from "./chaos-drill.ts";
import { expectationFor, missingNeeds, specFor } from "./spec-for.ts";
import { resolveToken } from "./targets.ts";

const all = [...catalogue, chaosDrill({ forMs: 60_000, overlapping: true })];

describe("the catalogue", () => {
  it("has every file of the folder, each under its own name", () => {
    const files = readdirSync(join(import.meta.dirname, "drills")).map((file) => file.replace(/\.ts$/, ""));
    expect(catalogue.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
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
    for (const mode of modes.filter((known) => drill.expect[known] !== undefined)) {
      const plan = planCluster(specFor(drill, loadPreset(mode)));
      for (const step of drill.steps) {
        if (step.do === "inject")
          expect(resolveToken(step.on, plan).target).not.toMatch(/first|writer|replica/);
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
  ] as const)("%s", (token, plan, target, single) => {
    expect(resolveToken(token, plan)).toEqual({ target, single });
  });

  it("needs the group to be there", () => {
    expect(() => resolveToken("second:writer", planCluster(loadPreset("dledger")))).toThrow(
      expect.objectContaining({ code: "DRILL_NOT_APPLICABLE" }),
    );
  });
});
