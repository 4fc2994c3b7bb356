import { describe, expect, it } from "vitest";
import { parseJvmMemory } from "./jvm-memory.ts";

describe("a JVM's memory", () => {
  it("is read from its options, the last of a kind winning", () => {
    const line =
      "/opt/java/bin/java @roles/broker -Xms453m -Xmx453m -XX:MaxDirectMemorySize=148m -Xmx1g Launcher broker";
    expect(parseJvmMemory(line)).toEqual({ heapBytes: 1024 ** 3, directBytes: 148 * 1024 ** 2 });
  });

  it("is unknown without them", () => {
    expect(parseJvmMemory("sleep 1")).toEqual({ heapBytes: undefined, directBytes: undefined });
  });
});
