/**
 * Takes the pictures of README and docs again: `make pictures`. A DLedger cluster's console while a drill kills its leader
 * under load, and that drill's report: nothing in them is made up.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions } from "playwright-core";
import { openBrowser, openTab } from "../test-e2e/support/browser.ts";
import { hotfire, hotfireJson, startHotfire } from "../test-e2e/support/hotfire.ts";
import { projectRoot } from "../test-e2e/support/names.ts";
import { succeeded } from "../test-e2e/support/run.ts";
import { statusSchema } from "../test-e2e/support/schemas.ts";
import { tempFolder } from "../test-e2e/support/temp-folder.ts";

const cluster = "orders";
const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
/** A load that this machine carries beside a browser. */
const rate = "300";

await using folder = await tempFolder();
const run = join(folder.path, "writer-kill");
const browser = await openBrowser();
try {
  succeeded(await hotfire(["up", "dledger", "--name", cluster, "--port-offset", "auto"]));
  const { client } = await hotfireJson(statusSchema, ["status", cluster]);
  const url = client.console ?? "";
  await using watching = await openTab(browser, url, { viewport: desk });
  await watching.page.goto("/");

  const drill = startHotfire(["drill", "run", "writer-kill", "--on", cluster, "--rate", rate, "--out", run]);
  // The switch is told by the page itself; what its load is by then is in the picture.
  await watching.page
    .getByText(/→|has a master again/)
    .first()
    .waitFor({ timeout: 120_000 });
  await watching.page.waitForTimeout(4000);
  await take(url, "console-cluster", "/", { viewport: desk });
  await take(url, "console-cluster-dark", "/", { viewport: desk, colorScheme: "dark" });
  await take(url, "console-phone", "/", { viewport: phone });
  await watching.page.goto("/topics");
  const topic = await watching.page
    .getByRole("link", { name: /^hotfire|drill/i })
    .first()
    .getAttribute("href");
  await take(url, "console-topic", topic ?? "/topics", { viewport: { width: 1280, height: 640 } });
  succeeded(await drill.finished);
  const report = pathToFileURL(join(run, "report.html")).href;
  await take(undefined, "report", report, { viewport: { width: 1200, height: 870 } });
} finally {
  await browser.close();
  await hotfire(["down", cluster]);
}

async function take(
  base: string | undefined,
  name: string,
  address: string,
  options: BrowserContextOptions,
): Promise<void> {
  await using tab = await openTab(browser, base ?? "about:blank", options);
  await tab.page.goto(address);
  await tab.page.getByRole("heading", { level: 1 }).waitFor();
  // Traffic is a line once there are a few samples of it.
  if (base !== undefined) await tab.page.waitForTimeout(3000);
  await tab.page.screenshot({ path: join(projectRoot, "docs/images", `${name}.png`) });
  process.stdout.write(`docs/images/${name}.png\n`);
}
