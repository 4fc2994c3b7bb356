import { readFileSync } from "node:fs";
import { formatSize } from "@hotfire/base";
import { rocketmqConf } from "@hotfire/config";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { labels } from "../labels.ts";
import { planCluster } from "../plan/plan-cluster.ts";
import { loadPreset, presetNames } from "../presets/presets.ts";
import { arbitrarySpec } from "../spec/arbitrary-spec.ts";
import { specJsonSchema } from "../spec/json-schema.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import { renderCompose } from "./render-compose.ts";
import { specFromLabel, specOfCompose } from "./spec-label.ts";

const texts = z.record(z.string(), z.string());
const composeFile = z.object({
  name: z.string(),
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      environment: texts,
      labels: texts,
      ports: z.array(z.string()).optional(),
      volumes: z.array(z.string()).optional(),
      tmpfs: z.array(z.string()),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
      read_only: z.literal(true),
      cap_drop: z.tuple([z.literal("ALL")]),
      mem_limit: z.string(),
      restart: z.string(),
    }),
  ),
  volumes: z.record(z.string(), z.object({ labels: texts, driver_opts: texts.optional() })),
  networks: z.object({ default: z.object({ labels: texts }) }),
});

const readCompose = (text: string) =>
  composeFile.parse(parse(text, { merge: true, version: "1.1", maxAliasCount: -1 }));
/** What Compose does to every value of the file. */
const interpolate = (text: string | undefined): string | undefined => text?.replaceAll("$$", "$");

const repository = (path: string): string =>
  readFileSync(new URL(`../../../../${path}`, import.meta.url), "utf8");

describe("the files in the repository", () => {
  it.each(presetNames)("compose/%s.yaml is what the generator writes", (name) => {
    const path = `compose/${name}.yaml`;
    expect(repository(path), "run: make render").toBe(renderCompose(planCluster(loadPreset(name)), { path }));
  });

  it("schema/cluster-spec.schema.json is what the generator writes", () => {
    expect(JSON.parse(repository("schema/cluster-spec.schema.json"))).toEqual(specJsonSchema());
  });
});

describe("a rendered Compose file", () => {
  it("says what the plan says, however strange the properties", () => {
    fc.assert(
      fc.property(arbitrarySpec, (input) => {
        const spec = parseSpec(JSON.stringify(input));
        const plan = planCluster(spec);
        const file = readCompose(renderCompose(plan));
        expect(file.name).toBe(plan.project);
        expect(Object.keys(file.services)).toEqual(plan.nodes.map((node) => node.name));
        for (const node of plan.nodes) {
          const service = file.services[node.name];
          const conf = interpolate(service?.environment["ROCKETMQ_CONF"]);
          expect(conf).toBe(node.kind === "console" ? undefined : rocketmqConf(node));
          expect(service?.labels[labels.node]).toBe(node.name);
          expect(specFromLabel(interpolate(service?.labels[labels.spec]) ?? "")).toEqual(spec);
          expect(Object.keys(service?.depends_on ?? {}).sort()).toEqual(
            [...node.dependsOn, ...node.startsAfter].sort(),
          );
          expect(service?.ports?.length ?? 0).toBe(node.ports.filter((port) => port.host).length);
          if ("volume" in node) {
            expect(service?.volumes).toEqual([`${node.name}:${node.volume.target}`]);
            expect(file.volumes[node.name]?.labels[labels.cluster]).toBe(plan.name);
            const inMemory = node.kind === "broker" && spec.storeLimit !== undefined;
            expect(file.volumes[node.name]?.driver_opts?.["o"]).toBe(
              inMemory ? `size=${formatSize(spec.storeLimit ?? 0)},uid=3000,gid=3000,mode=0700` : undefined,
            );
            expect(node.volume.name).toBe(`${plan.project}_${node.name}`);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it("tells which spec it was rendered from, dollars included, and any other text does not", () => {
    const spec = parseSpec(
      "version: 1\nname: one\nmode: dledger\nproperties: { accessMessageInMemoryMaxRatio: $40 }",
    );
    expect(specOfCompose(renderCompose(planCluster(spec)))).toEqual(spec);
    for (const text of ["", "services: {}", "a: [", "x-cluster: { io.hotfire.spec: '{}' }"])
      expect(specOfCompose(text)).toBeUndefined();
  });

  it("is the same text every time", () => {
    const render = () => renderCompose(planCluster(loadPreset("controller")));
    expect(render()).toBe(render());
  });

  it("has no fixed subnet or address, and binds to this machine alone", () => {
    for (const name of presetNames) {
      const text = renderCompose(planCluster(loadPreset(name)));
      expect(text).not.toMatch(/subnet|ipv4_address|ipam/);
      expect(text.match(/\d+\.\d+\.\d+\.\d+/g)?.every((address) => address === "127.0.0.1")).toBe(true);
    }
  });

  it("grows by the same for each group", () => {
    const size = (groups: number): number =>
      renderCompose(planCluster(parseSpec(`version: 1\nname: x\nmode: dledger\ngroups: ${groups}\n`))).length;
    const [small, large] = [size(100), size(1000)];
    expect(large / small).toBeLessThan(11);
  });
});

describe("a configuration file", () => {
  it("escapes what java.util.Properties would eat", () => {
    const node = { kind: "broker", properties: { a: "C:\\x", b: " lead", c: "é", d: "a=b#c!d" } } as const;
    expect(rocketmqConf(node)).toBe("a=C:\\\\x\nb=\\ lead\nc=\\u00e9\nd=a=b#c!d\n");
  });

  it("is JSON for a proxy, numbers and switches as such", () => {
    const node = {
      kind: "proxy",
      properties: { grpcServerPort: "8081", x: "true", y: "007", z: "a;b" },
    } as const;
    expect(JSON.parse(rocketmqConf(node))).toEqual({ grpcServerPort: 8081, x: true, y: "007", z: "a;b" });
  });
});
