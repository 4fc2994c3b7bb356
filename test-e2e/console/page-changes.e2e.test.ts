/**
 * @module-tag full
 * Changes in a browser, on a cluster of its own; the API's are in console/api.
 */
import { join } from "node:path";
import {
  brokerConfig,
  createConsumerGroup,
  createTopic,
  send,
  topicConfigs,
  updateConsumerOffset,
} from "@hotfire/remoting";
import { describe, expect } from "vitest";
import { brokerAddresses } from "../support/broker-address.ts";
import { openTab } from "../support/browser.ts";
import type { TestCluster } from "../support/cluster.ts";
import { startConsole } from "../support/console.ts";
import { startHotfire } from "../support/hotfire.ts";
import { pageTest } from "../support/page-test.ts";
import { createTopicEverywhere } from "../support/topics.ts";

const it = pageTest({ of: "single-master", purpose: "changes" });

async function onlyBroker(cluster: TestCluster): Promise<string> {
  const [broker] = await brokerAddresses(cluster);
  if (broker === undefined) throw new Error("no broker");
  return broker;
}

describe("configuration", () => {
  const key = "transactionCheckMax";

  it("is searched, and changed at the broker after it was shown what changes", async ({ cluster, tab }) => {
    const { page } = tab;
    const broker = await onlyBroker(cluster);
    const before = (await brokerConfig(cluster.remoting, broker)).properties.get(key);
    await page.goto("/configuration");
    await page.getByLabel("Search keys and values").fill(key.toLowerCase());
    const row = page.getByRole("row").filter({ has: page.getByText(key, { exact: true }) });
    await row.getByRole("button", { name: "Change" }).click();
    const dialog = page.getByRole("dialog");
    const sendButton = dialog.getByRole("button", { name: /^Send to/ });
    expect(await sendButton.isDisabled()).toBe(true);
    await dialog.getByLabel("Value").fill("21");
    expect(await dialog.locator("del").textContent()).toBe(`${key}=${before}`);
    expect(await dialog.locator("ins").textContent()).toBe(`${key}=21`);
    await sendButton.click();
    await expect
      .poll(async () => (await brokerConfig(cluster.remoting, broker)).properties.get(key))
      .toBe("21");
    await page.keyboard.press("Escape");
    await row.getByText("21", { exact: true }).waitFor();
    expect(tab.complaints()).toEqual([]);
  });
});

describe("a topic", () => {
  it("is drained in its dialog, and keeps what was not touched", async ({ cluster, tab }) => {
    const { page } = tab;
    const broker = await onlyBroker(cluster);
    await createTopic(cluster.remoting, broker, { topic: "Drained", readQueueNums: 6, order: true });
    const record = async () => (await topicConfigs(cluster.remoting, broker)).topics.get("Drained");
    const before = await record();
    await page.goto("/topics/Drained");
    await page.getByRole("button", { name: "Change" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
    await dialog.getByLabel("Write queues").fill("0");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect.poll(record).toEqual({ ...before, writeQueueNums: 0 });
    expect(tab.complaints()).toEqual([]);
  });
});

describe("a consumer group", () => {
  it("shows how far it is behind, queue by queue", async ({ cluster, tab }) => {
    const { page } = tab;
    const topic = "Behind";
    const group = "behind-group";
    await createTopicEverywhere(cluster.remoting, await cluster.namesrvs(), topic);
    const broker = await onlyBroker(cluster);
    await createConsumerGroup(cluster.remoting, broker, { groupName: group });
    for (let index = 0; index < 5; index += 1) {
      await send(cluster.remoting, broker, { topic, queueId: 1, body: Buffer.from(`message ${index}`) });
    }
    await updateConsumerOffset(cluster.remoting, broker, {
      consumerGroup: group,
      topic,
      queueId: 1,
      offset: 2,
    });
    await page.goto("/consumers");
    await page.getByRole("link", { name: group }).click();
    const row = page.getByRole("row").filter({ hasText: topic }).first();
    await row.waitFor();
    await expect
      .poll(() => row.allInnerTexts().then((texts) => texts.join(" ")), { timeout: 20_000 })
      .toMatch(/\b3\b/);
    expect(tab.complaints()).toEqual([]);
  });
});

describe("the reader", () => {
  it("gets every text in Chinese, in the same place, and after a reload too", async ({ tab }) => {
    const { page } = tab;
    await page.goto("/topics");
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("menuitemradio", { name: "中文" }).click();
    await page.getByRole("heading", { level: 1, name: "主题" }).waitFor();
    expect(page.url()).toMatch(/\/topics$/);
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "主题" }).waitFor();
    expect(await page.getByRole("heading", { name: "Topics" }).count()).toBe(0);
    expect(tab.complaints()).toEqual([]);
  });

  it("does without a mouse: past the navigation, into a dialog and out of it", async ({ tab }) => {
    const { page } = tab;
    await page.goto("/topics");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.locator("main:focus").count()).toBe(1);
    const focused = page.locator("button:focus", { hasText: "Create topic" });
    for (let presses = 0; presses < 30 && (await focused.count()) === 0; presses += 1) {
      await page.keyboard.press("Tab");
    }
    expect(await focused.count()).toBe(1);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await expect.poll(() => dialog.locator(":focus").count()).toBe(1);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await expect.poll(() => focused.count()).toBe(1);
  });
});

describe("drills", () => {
  it("are seen while they run, and then with verdict and report", async ({ cluster, runs, tab }) => {
    const { page } = tab;
    const folder = join(runs, "pause");
    const drill = startHotfire(
      [
        "drill",
        "run",
        "writer-pause",
        "--on",
        cluster.name,
        "--rate",
        "100",
        "--seed",
        "1",
        "--no-build",
        "--out",
        folder,
      ],
      { deadlineMs: 240_000 },
    );
    await page.goto("/drills");
    await page.getByRole("link", { name: "writer-pause" }).click({ timeout: 90_000 });
    await page.getByText(/^pause broker-a-0: injected/).waitFor({ timeout: 90_000 });
    const { code } = await drill.finished;
    expect(code).toBe(0);
    const report = page.frameLocator("iframe.report");
    await report.getByRole("heading", { level: 1 }).waitFor({ timeout: 30_000 });
    await page.goto("/drills");
    await page
      .getByRole("row")
      .filter({ hasText: "writer-pause" })
      .getByText("pass", { exact: true })
      .waitFor();
    expect(tab.complaints()).toEqual([]);
  });

  it("without a folder of runs are no failure: the page says how to get them", async ({
    cluster,
    browser,
  }) => {
    await using bare = await startConsole(await cluster.namesrvs());
    await using tab = await openTab(browser, bare.url);
    await tab.page.goto("/drills");
    await tab.page.getByText("hotfire console --local").waitFor();
    expect(await tab.page.getByRole("alert").count()).toBe(0);
  });
});
