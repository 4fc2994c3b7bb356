/**
 * Takes the pictures of README and docs again: `make pictures`. A DLedger cluster's console while a drill kills its leader
 * under load, and that drill's report: nothing in them is made up.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions } from "playwright-core";
import { openBrowser, openTab } from "../test-e2e/support/browser.ts";
import { hotfire, hotfireJson, startHotfire } from "../test-e2e/support/hotfire.ts";
import { projectRoot } from "../test-e2e/support/names.ts";
import { type RunningProcess, succeeded } from "../test-e2e/support/run.ts";
import { statusSchema } from "../test-e2e/support/schemas.ts";
import { tempFolder } from "../test-e2e/support/temp-folder.ts";

const cluster = "orders";
const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
/** A load that this machine carries beside a browser. */
const rate = "300";

/** A new cluster's brokers are busy with themselves; a reader wants to see what a fault does. */
const calmMs = 45_000;

await using folder = await tempFolder();
const browser = await openBrowser();
try {
  succeeded(await hotfire(["up", "dledger", "--name", cluster, "--port-offset", "auto"]));
  await sleep(calmMs);
  const run = join(folder.path, "report");
  succeeded(await drill(run).finished);
  const report = pathToFileURL(join(run, "report.html")).href;
  await take(undefined, "report", report, { viewport: { width: 1200, height: 870 } });
  await pictureConsole();
} finally {
  await browser.close();
  await hotfire(["down", cluster]);
}

/** While a drill runs: after its switch, when the broker that was killed is back. */
async function pictureConsole(): Promise<void> {
  const { client } = await hotfireJson(statusSchema, ["status", cluster]);
  const url = client.console ?? "";
  await using watching = await openTab(browser, url, { viewport: desk });
  const { page } = watching;
  await page.goto("/");
  const running = drill(join(folder.path, "console"));
  await page.getByText("2 / 3").waitFor({ timeout: 120_000 });
  await page.getByText("3 / 3").waitFor({ timeout: 120_000 });
  await take(url, "console-cluster", "/", { viewport: desk });
  await take(url, "console-cluster-dark", "/", { viewport: desk, colorScheme: "dark" });
  await take(url, "console-phone", "/", { viewport: phone });
  await page.goto("/topics");
  const topic = page.getByRole("link", { name: /^hotfire-drill-/ }).last();
  const address = (await topic.getAttribute("href")) ?? "/topics";
  await take(url, "console-topic", address, { viewport: { width: 1280, height: 640 } });
  succeeded(await running.finished);
}

function drill(out: string): RunningProcess {
  return startHotfire(["drill", "run", "writer-kill", "--on", cluster, "--rate", rate, "--out", out]);
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
