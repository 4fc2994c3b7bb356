import { setTimeout as sleep } from "node:timers/promises";
import { createConsumerGroup, createTopic, dledgerMetadata } from "@hotfire/remoting";
import type { Browser, Page } from "playwright-core";
import { addressOfNode, brokerAddresses, masterOf, ready } from "../test-e2e/support/broker-address.ts";
import { openBrowser, openTab } from "../test-e2e/support/browser.ts";
import { startCluster, type TestCluster } from "../test-e2e/support/cluster.ts";
import { brokerRow } from "../test-e2e/support/page.ts";
import { until } from "../test-e2e/support/until.ts";
import type { Bench } from "./bench.ts";
import { round, spread } from "./statistics.ts";

const rows = 1000;
const views = 5;
const switches = 5;

export const pageBench: Bench = {
  name: "page",
  about: `the console's page in Chromium: first view, ${rows} topics and ${rows} consumer groups, a role change as it is shown`,
  async run(say) {
    const browser = await openBrowser();
    try {
      const lists = await longLists(browser, say);
      const roleChangeMs = await roleChanges(browser, say);
      return { ...lists, roleChangeMs };
    } finally {
      await browser.close();
    }
  },
};

async function longLists(browser: Browser, say: (line: string) => void) {
  await using cluster = await startCluster({ of: "single-master", purpose: "bench-page" });
  const url = (await cluster.status()).client.console ?? "";
  const [broker = ""] = await brokerAddresses(cluster);
  const firstViews: number[] = [];
  for (let i = 0; i < views; i++) {
    await using tab = await openTab(browser, url);
    const startedAt = performance.now();
    await tab.page.goto("/", { waitUntil: "commit" });
    await tab.page.locator("tr[data-broker]").first().waitFor();
    firstViews.push(performance.now() - startedAt);
  }
  const firstViewMs = spread(firstViews);
  say(`first view, its data included: ${round(firstViewMs.median)} ms, worst ${round(firstViewMs.max)} ms`);
  for (let i = 0; i < rows; i++) {
    const name = String(i).padStart(4, "0");
    await createTopic(cluster.remoting, broker, {
      topic: `topic-${name}`,
      readQueueNums: 1,
      writeQueueNums: 1,
    });
    await createConsumerGroup(cluster.remoting, broker, { groupName: `group-${name}` });
  }
  const lists = [];
  for (const list of ["topics", "consumers"]) {
    await using tab = await openTab(browser, url);
    const { page } = tab;
    const startedAt = performance.now();
    await page.goto(`/${list}`, { waitUntil: "commit" });
    await page.locator("tbody tr").nth(10).waitFor();
    const shownMs = round(performance.now() - startedAt);
    await watchFrames(page);
    await page.getByRole("searchbox").pressSequentially("0777", { delay: 60 });
    await page.locator("tbody tr").filter({ hasText: "0777" }).first().waitFor();
    const filterFrameMs = round(await longestFrame(page));
    await page.getByRole("searchbox").fill("");
    await page.locator("tbody tr").nth(10).waitFor();
    await page.locator(".table-scroll").hover();
    await watchFrames(page);
    for (let i = 0; i < 40; i++) {
      await page.mouse.wheel(0, 900);
      await sleep(25);
    }
    const scrollFrameMs = round(await longestFrame(page));
    lists.push({ list, rows, shownMs, filterFrameMs, scrollFrameMs });
    say(
      `${rows} ${list}: shown after ${shownMs} ms; longest frame ${filterFrameMs} ms while filtering, ${scrollFrameMs} ms while scrolling`,
    );
  }
  return { firstViewMs, lists };
}

/** From the moment at which a broker says that it leads to the page's saying so. */
async function roleChanges(browser: Browser, say: (line: string) => void) {
  await using cluster = await startCluster({ of: "dledger", purpose: "bench-roles" });
  const url = (await cluster.status()).client.console ?? "";
  const shown: number[] = [];
  for (let i = 0; i < switches; i++) {
    await using tab = await openTab(browser, url);
    const { page } = tab;
    await page.goto("/");
    const killed = await masterOf(cluster, "broker-a");
    const old = await addressOfNode(cluster, killed);
    await brokerRow(page, old).locator("[data-role=leader]").waitFor();
    const others = (await brokerAddresses(cluster)).filter((address) => address !== old);
    const onPage = others.map((address) =>
      brokerRow(page, address)
        .locator("[data-role=leader]")
        .waitFor()
        .then(() => performance.now()),
    );
    const killing = cluster.node("kill", killed);
    const said = await Promise.any(others.map((address) => sayingToLead(cluster, address)));
    const seen = await Promise.any(onPage);
    await killing;
    shown.push(seen - said);
    await cluster.node("start", killed);
    await ready(cluster);
    for (const one of onPage) one.catch(() => {});
  }
  const roleChangeMs = spread(shown);
  say(
    `a new leader is shown ${round(roleChangeMs.median)} ms after it says so, worst of ${switches} ${round(roleChangeMs.max)} ms`,
  );
  return roleChangeMs;
}

async function sayingToLead({ remoting }: TestCluster, address: string): Promise<number> {
  const peerAddress = `${address.slice(0, address.lastIndexOf(":"))}:40911`;
  return until(
    `${address} says that it leads`,
    async () => {
      for (const selfId of ["n0", "n1", "n2"]) {
        const peer = { group: "broker-a", selfId };
        const { leaderId } = await dledgerMetadata(remoting, peerAddress, peer, { deadlineMs: 500 }).catch(
          () => ({ leaderId: undefined }),
        );
        if (leaderId === selfId) return performance.now();
      }
      return undefined;
    },
    { deadlineMs: 60_000, everyMs: 5 },
  );
}

// Scripts for the page are texts: the types of a browser's globals are not those of Node.

async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(`
    window.longestFrame = 0;
    let last = performance.now();
    const tick = (now) => {
      window.longestFrame = Math.max(window.longestFrame, now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  `);
}

function longestFrame(page: Page): Promise<number> {
  return page.evaluate<number>("window.longestFrame");
}
