import { expect, test } from "vitest";
import { findDrill } from "../catalogue/catalogue.ts";
import type { WorkloadKind } from "../kinds/kind-loads.ts";
import { mustFitKinds } from "./kinds-fit.ts";

const fit = (name: string, kinds: readonly WorkloadKind[]) => () =>
  mustFitKinds({ drill: findDrill(name), workload: { kinds } }, "master-slave-async");

test("a drill that takes messages with it takes no kinds, and says which", () => {
  expect(fit("disk-destroyed-async", ["plain", "fifo", "delay"])).toThrow(/claims nothing of fifo, delay/);
  expect(fit("disk-destroyed-async", ["plain"])).not.toThrow();
  expect(fit("writer-kill", ["fifo"])).not.toThrow();
});
