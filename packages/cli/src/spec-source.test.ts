import { loadPreset } from "@hotfire/topology";
import { describe, expect, it } from "vitest";
import { applyOverrides, parseMemory, parseOffset, readSpec } from "./spec-source.ts";

describe("options over a spec", () => {
  it("change name, ports, memory and proxy", () => {
    const spec = applyOverrides(loadPreset("dledger"), {
      name: "blue",
      portOffset: "1000",
      proxy: true,
      memory: ["broker=768m", "namesrv=200m"],
    });
    expect(spec).toMatchObject({
      name: "blue",
      proxy: { replicas: 1 },
      ports: { offset: 1000 },
      memory: { broker: 768 * 1024 ** 2, namesrv: 200 * 1024 ** 2 },
    });
  });

  it("are checked like a file's values", () => {
    const bad = () => applyOverrides(loadPreset("dledger"), { name: "No Good", memory: [] });
    expect(bad).toThrowError(expect.objectContaining({ code: "SPEC_INVALID" }));
  });

  it("read memory by kind, several at once, a bare size for the brokers", () => {
    expect(parseMemory(["broker=1g,namesrv=200m", "proxy=512m"])).toEqual({
      broker: 1024 ** 3,
      namesrv: 200 * 1024 ** 2,
      proxy: 512 * 1024 ** 2,
    });
    expect(parseMemory(["768m"])).toEqual({ broker: 768 * 1024 ** 2 });
    for (const bad of ["brokers=1g", "broker=", "broker=1g=2g"]) {
      expect(() => parseMemory([bad])).toThrowError(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
    }
  });

  it("read a port offset or auto", () => {
    expect([parseOffset("1000"), parseOffset("auto")]).toEqual([1000, undefined]);
    expect(() => parseOffset("-1")).toThrowError(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
  });
});

describe("a spec's source", () => {
  it("that is a missing file says so", async () => {
    await expect(readSpec("./nowhere.yaml", { memory: [] })).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
    });
  });

  it("that is no preset suggests one", async () => {
    await expect(readSpec("dleger", { memory: [] })).rejects.toMatchObject({
      code: "PRESET_UNKNOWN",
      hint: expect.stringContaining("dledger"),
    });
  });
});
