import type { Mode } from "@hotfire/topology";
import { expect, test } from "vitest";
import { findDrill } from "../catalogue/catalogue.ts";
import type { WorkloadKind } from "../kinds/kind-loads.ts";
import { mustFitKinds } from "./kinds-fit.ts";

const fit =
  (name: string, kinds: readonly WorkloadKind[], mode: Mode = "master-slave-async") =>
  () =>
    mustFitKinds({ drill: findDrill(name), workload: { kinds } }, mode);

test("a drill that takes messages with it takes no kinds, and says which", () => {
  expect(fit("disk-destroyed-async", ["plain", "fifo", "delay"])).toThrow(/claims nothing of fifo, delay/);
  expect(fit("disk-destroyed-async", ["plain"])).not.toThrow();
  expect(fit("writer-kill", ["fifo"])).not.toThrow();
  // It claims of what is never delivered that there is none.
  expect(fit("writer-kill", ["fifo"], "single-master")).not.toThrow();
  expect(fit("writer-kill", ["fifo"], "dledger")).not.toThrow();
});
