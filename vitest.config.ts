import { defineConfig } from "vitest/config";
import BySharedCluster from "./test-e2e/support/shared/sequencer.ts";

export default defineConfig({
  test: {
    sequence: { sequencer: BySharedCluster },
    tags: [
      { name: "quick", description: "in make test: every promise once" },
      { name: "full", description: "in make test-all only: hours allowed" },
    ],
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "packages/*/{src,web}/**/*.test.ts",
            "scripts/**/*.test.ts",
            "test-e2e/support/**/*.test.ts",
          ],
          // Properties take seconds on a machine that has other work; what hangs is found all the same.
          testTimeout: 60_000,
          // Pure code without state of its own: one module graph for all files, which halves the time.
          isolate: false,
          // Vitest's default leaves one core to itself, which on two is half the machine.
          maxWorkers: "100%",
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test-e2e/**/*.e2e.test.ts"],
          globalSetup: ["test-e2e/support/global-setup.ts"],
          setupFiles: ["test-e2e/support/each-file.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // Vitest's second is too short for a page on two busy cores.
          expect: { poll: { timeout: 15_000 } },
          // One engine and two cores: clusters of different files would fight for both.
          fileParallelism: false,
          // Vitest wants projects with different numbers of workers in groups of their own.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
