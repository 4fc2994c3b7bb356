import { appendFileSync } from "node:fs";
import { relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { projectRoot } from "../../test-e2e/support/names.ts";
import type { Outcome } from "./outcome.ts";

/** Vitest reporter: appends each file's outcome to HOTFIRE_TEST_OUTCOMES as soon as it is known, so that a killed run can go on. */
export default class RecordFiles implements Reporter {
  onTestModuleEnd(module: TestModule): void {
    const file = process.env["HOTFIRE_TEST_OUTCOMES"];
    if (file === undefined) return;
    const tests = [...module.children.allTests()].map((test) => test.result().state);
    const failed = tests.filter((state) => state === "failed").length;
    const outcome: Outcome = {
      what: relative(projectRoot, module.moduleId),
      passed: tests.filter((state) => state === "passed").length,
      // A file whose cluster or logs failed, or that could not be loaded, has no failed test of its own.
      failed: failed === 0 && module.state() === "failed" ? 1 : failed,
      skipped: tests.filter((state) => state === "skipped").length,
      seconds: Math.round(module.diagnostic().duration / 1000),
    };
    appendFileSync(file, `${JSON.stringify(outcome)}\n`);
  }
}
