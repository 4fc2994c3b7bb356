import { expect, test } from "vitest";
import { NodeNames, parseNamedNode } from "./node-names.ts";

const named = (...texts: string[]) => texts.flatMap((text) => parseNamedNode(text) ?? []);

test("brokers are named by host, wherever it is now, and by port where they share an address", async () => {
  const at = new Map([["broker-a-0", "172.18.0.5"]]);
  const names = new NodeNames(
    named("broker-a-0=broker-a-0:10911", "b0=192.0.2.1:10911", "b1=192.0.2.1:10921"),
    (host) => {
      const address = at.get(host);
      return address === undefined ? Promise.reject(new Error("ENOTFOUND")) : Promise.resolve({ address });
    },
  );
  expect(names.nameOf("172.18.0.5:10911")).toBeUndefined();
  await names.refresh(0);
  expect(names.nameOf("172.18.0.5:10911")).toBe("broker-a-0");
  expect([names.nameOf("192.0.2.1:10911"), names.nameOf("192.0.2.1:10921")]).toEqual(["b0", "b1"]);
  at.set("broker-a-0", "172.18.0.9");
  await names.refresh(5000);
  expect(names.nameOf("172.18.0.9:10911")).toBeUndefined();
  await names.refresh(10_000);
  expect(names.nameOf("172.18.0.9:10911")).toBe("broker-a-0");
  at.clear();
  await names.refresh(20_000);
  expect(names.nameOf("172.18.0.9:10911")).toBe("broker-a-0");
});

test("a name alone is its host too, and other texts are none", () => {
  expect(named("broker-a-0")).toEqual([{ name: "broker-a-0", host: "broker-a-0", port: undefined }]);
  expect(named("a b", "=x", "x=", "x=y:z")).toEqual([]);
});
