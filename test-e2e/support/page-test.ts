import type { PresetName } from "@hotfire/topology";
import { openBrowser, openTab } from "./browser.ts";
import type { ClusterOptions } from "./cluster.ts";
import { clusterTest, sharedClusterTest } from "./cluster-test.ts";
import { startConsole } from "./console.ts";
import { tempFolder } from "./temp-folder.ts";

/** `it` for a file whose tests share a cluster, a console that may change it and a browser; each has a tab of its own. */
export function pageTest(options: ClusterOptions) {
  return withPage(clusterTest(options));
}

/** The same on the run's shared cluster of a preset, which the tests leave whole. */
export function sharedPageTest(preset: PresetName) {
  return withPage(sharedClusterTest(preset));
}

function withPage(test: ReturnType<typeof clusterTest>) {
  return (
    test
      // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures this one needs
      .extend("runs", { scope: "file" }, async ({}, { onCleanup }) => {
        const folder = await tempFolder();
        onCleanup(() => folder[Symbol.asyncDispose]());
        return folder.path;
      })
      .extend("console", { scope: "file" }, async ({ cluster, runs }, { onCleanup }) => {
        const env = { HOTFIRE_CONSOLE_WRITE: "true", HOTFIRE_CONSOLE_RUNS: runs };
        const running = await startConsole(await cluster.namesrvs(), env);
        onCleanup(() => running[Symbol.asyncDispose]());
        return running;
      })
      // biome-ignore lint/correctness/noEmptyPattern: as above
      .extend("browser", { scope: "file" }, async ({}, { onCleanup }) => {
        const browser = await openBrowser();
        onCleanup(() => browser.close());
        return browser;
      })
      .extend("tab", async ({ browser, console }, { onCleanup }) => {
        const tab = await openTab(browser, console.url);
        onCleanup(() => tab[Symbol.asyncDispose]());
        return tab;
      })
  );
}
