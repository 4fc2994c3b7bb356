/**
 * @module-tag quick
 * The console's main ways.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { hashPassword } from "@hotfire/console/server";
import { send } from "@hotfire/remoting";
import type { Locator, Page } from "playwright-core";
import { describe, expect } from "vitest";
import { openTab } from "../support/browser.ts";
import type { TestCluster } from "../support/cluster.ts";
import { builtPage, startConsole } from "../support/console.ts";
import { projectRoot } from "../support/names.ts";
import { backgroundOf, overflowOf, wideTables } from "../support/page.ts";
import { sharedPageTest } from "../support/page-test.ts";
import { createTopicEverywhere, masters } from "../support/topics.ts";

const it = sharedPageTest("single-master");

async function masterOf(cluster: TestCluster): Promise<string> {
  const [namesrv = ""] = await cluster.namesrvs();
  const [broker] = (await masters(cluster.remoting, namesrv)).values();
  if (broker === undefined) throw new Error("no master");
  return broker;
}

function searchFor(page: Page, topic: string, key: string): Promise<unknown> {
  return page.goto(`/messages?${new URLSearchParams({ by: "key", topic, key })}`);
}

function confirmField(dialog: Locator): Locator {
  return dialog.getByRole("textbox");
}

describe("topics and messages", () => {
  it("go from creation over sending and finding to deletion, which asks for the name", async ({ tab }) => {
    const { page } = tab;
    await page.goto("/topics");
    await page.getByRole("button", { name: "Create topic" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: true }).fill("Walk");
    await dialog.getByRole("button", { name: "Create" }).click();
    await page.getByRole("heading", { level: 1, name: "Walk" }).waitFor();

    await page.getByRole("button", { name: "Send a message" }).click();
    await dialog.getByLabel("Body").fill('{"walk":1}');
    await dialog.getByLabel("Keys").fill("walk-key");
    await dialog.getByRole("button", { name: "Send a message" }).click();
    await dialog.getByRole("link", { name: "Open the message" }).waitFor();
    await page.keyboard.press("Escape");

    const found = page.getByRole("row").filter({ hasText: "walk-key" });
    await expect
      .poll(
        async () => {
          await searchFor(page, "Walk", "walk-key");
          // The index is built behind the log: until then the answer is that nothing matches.
          await found.or(page.getByText("No message matches.")).first().waitFor();
          return found.count();
        },
        { timeout: 30_000 },
      )
      .toBe(1);
    await found.getByRole("link").click();
    await page.locator("pre.code").getByText('"walk"').waitFor();

    await page.goto("/topics/Walk");
    await page.getByRole("button", { name: "Delete" }).click();
    const sure = dialog.getByRole("button", { name: "Delete" });
    await dialog.getByText("Messages in it: 1").waitFor();
    expect(await sure.isDisabled()).toBe(true);
    await confirmField(dialog).fill("Walk");
    await sure.click();
    await page.waitForURL("**/topics");
    await page.getByRole("link", { name: "hotfire-verify" }).waitFor();
    await expect.poll(() => page.getByRole("link", { name: "Walk", exact: true }).count()).toBe(0);
    expect(tab.complaints()).toEqual([]);
  });

  it("show what a hostile message says, and run none of it", async ({ cluster, tab }) => {
    const { page } = tab;
    const topic = "Hostile";
    await createTopicEverywhere(cluster.remoting, await cluster.namesrvs(), topic);
    const broker = await masterOf(cluster);
    const alarm = "document.documentElement.dataset.attacked='yes'";
    const html = `<script>${alarm}</script><img src=x onerror="${alarm}"><svg onload="${alarm}">`;
    const bodies = {
      html: Buffer.from(html),
      ansi: Buffer.from("\u001b[2J\u001b[31mred\u0007 \u202Etxt.exe"),
      binary: Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a, 0xc3, 0x28]),
      huge: Buffer.alloc(1024 * 1024, "<b>huge</b>"),
    };
    const ids = new Map<string, string>();
    for (const [name, body] of Object.entries(bodies)) {
      const properties = { KEYS: name, note: html };
      const sent = await send(cluster.remoting, broker, { topic, queueId: 0, body, properties });
      ids.set(name, sent.offsetMessageId);
    }
    const shown = page.locator("pre.code");
    for (const name of Object.keys(bodies)) {
      await page.goto(`/messages/${topic}/${ids.get(name)}`);
      await shown.waitFor();
      await page.getByText("onerror=").first().waitFor();
      expect(await page.locator("#root :is(script, img[src='x'], svg[onload])").count()).toBe(0);
      expect(await overflowOf(page)).toBe(0);
      if (name === "html") expect(await shown.textContent()).toBe(html);
      if (name === "ansi") {
        const text = (await shown.textContent()) ?? "";
        expect(text).toContain("[31mred");
        for (const control of ["\u001b", "\u0007", "\u202E"]) expect(text).not.toContain(control);
      }
      if (name === "binary") expect(await shown.textContent()).toContain("ff fe 00 80 0a c3 28");
      if (name === "huge") await page.getByText("Only the first").waitFor();
    }
    expect(await page.locator("html").getAttribute("data-attacked")).toBeNull();
    expect(tab.complaints()).toEqual([]);
  });
});

describe("who may do what", () => {
  it("a read-only console offers no change and says why", async ({ cluster, browser }) => {
    await using readOnly = await startConsole(await cluster.namesrvs());
    await using tab = await openTab(browser, readOnly.url);
    const { page } = tab;
    await page.goto("/topics");
    await page.getByText("read-only").first().waitFor();
    const create = page.getByRole("button", { name: "Create topic" });
    expect(await create.isDisabled()).toBe(true);
    expect(await create.getAttribute("title")).toMatch(/\S/);
    expect(tab.complaints()).toEqual([]);
  });

  it("a console with a login shows nothing before it, refuses a wrong password, and forgets after it", async ({
    cluster,
    browser,
  }) => {
    await using locked = await startConsole(await cluster.namesrvs(), {
      HOTFIRE_CONSOLE_USER: "ops",
      HOTFIRE_CONSOLE_PASSWORD_HASH: await hashPassword("correct horse"),
    });
    await using tab = await openTab(browser, locked.url);
    const { page } = tab;
    await page.goto("/topics");
    await page.getByLabel("User").fill("ops");
    await page.getByLabel("Password").fill("wrong");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("navigation").count()).toBe(0);
    await page.getByLabel("Password").fill("correct horse");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { level: 1, name: "Topics" }).waitFor();
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("menuitem", { name: "Log out" }).click();
    await page.getByLabel("Password").waitFor();
    expect(await page.getByRole("navigation").count()).toBe(0);
    expect(tab.complaints()).toEqual([]);
  });
});

const views = [
  "/",
  "/topics",
  "/topics/hotfire-verify",
  "/consumers",
  "/producers",
  "/messages?by=time&topic=hotfire-verify",
  "/dead-letters",
  "/configuration",
  "/drills",
  "/operations",
  "/access",
];

/** To be looked at after a run; git ignores the folder. */
function screenshotOf(view: string, colorScheme: string, width: number): string {
  const name = view === "/" ? "cluster" : view.slice(1).replaceAll(/\W+/g, "-");
  return join(projectRoot, ".hotfire/tests/screenshots", `${name}-${colorScheme}-${width}.png`);
}

/** A desk by day and a phone by night: between them they use every rule of the page. */
const inMakeTest = new Set(["light 1440", "dark 390"]);

describe.for(["light", "dark"] as const)("every view in %s", (colorScheme) => {
  for (const width of [1440, 1280, 390]) {
    const options = inMakeTest.has(`${colorScheme} ${width}`) ? {} : { tags: ["full"] };
    it(`fits a window of ${width} pixels, without a complaint`, options, async ({ browser, console }) => {
      const viewport = { width, height: 844 };
      await using tab = await openTab(browser, console.url, { colorScheme, viewport });
      const { page } = tab;
      for (const view of views) {
        await page.goto(view);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await expect.poll(() => page.locator(".loading").count(), { timeout: 15_000 }).toBe(0);
        await page.screenshot({ path: screenshotOf(view, colorScheme, width), fullPage: true });
        expect([view, await overflowOf(page), await page.getByRole("alert").allTextContents()]).toEqual([
          view,
          0,
          [],
        ]);
        // On a desk no table is wider than its place.
        if (width > 390) expect([view, await wideTables(page)]).toEqual([view, []]);
      }
      expect(tab.complaints()).toEqual([]);
    });
  }

  it("takes its colours from it", async ({ browser, console }) => {
    await using tab = await openTab(browser, console.url, { colorScheme });
    await tab.page.goto("/");
    expect(await backgroundOf(tab.page)).toBe(colorScheme);
  });
});

describe("the page's weight", () => {
  it("is at most 400 KB compressed, all views together", async () => {
    const files = await readdir(await builtPage(), { recursive: true, withFileTypes: true });
    const sizes = files
      .filter((file) => file.isFile() && /\.(html|js|css|svg)$/.test(file.name))
      .map(async (file) => gzipSync(await readFile(join(file.parentPath, file.name))).length);
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(10_000);
    expect(total).toBeLessThanOrEqual(400_000);
  });
});
