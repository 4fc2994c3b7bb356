/**
 * @module-tag full
 * The same page as in page-failover, on the other mode that switches.
 */
import { describe, expect } from "vitest";
import { addressOfNode, masterOf, ready } from "../support/broker-address.ts";
import { openTab } from "../support/browser.ts";
import { brokerRow, markPage, wasNeverReloaded } from "../support/page.ts";
import { sharedPageTest } from "../support/page-test.ts";

const it = sharedPageTest("controller");

describe("the Cluster page of a controller group", () => {
  it("shows the slave that the controllers promote, and the old master as a slave that gets back in sync", async ({
    cluster,
    browser,
  }) => {
    // The cluster's own, since controllers are known by names that only its network knows.
    await using tab = await openTab(browser, (await cluster.status()).client.console ?? "");
    const killed = await masterOf(cluster, "broker-a");
    const address = await addressOfNode(cluster, killed);
    const { page } = tab;
    await page.goto("/");
    await markPage(page);
    const masters = page.locator("[data-role=master].writer");
    await brokerRow(page, address).filter({ has: masters }).waitFor();
    // Three brokers and three controllers: all there, and one of the controllers leads.
    expect(await page.locator("tr[data-broker]").count()).toBe(3);
    const controllers = page.getByRole("listitem").filter({ hasText: /controller-\d/ });
    await expect.poll(() => controllers.count()).toBe(3);
    await expect.poll(() => controllers.filter({ hasText: "leader" }).count()).toBe(1);

    await cluster.node("kill", killed);
    const successor = page.locator("tr[data-broker]:not(.down)").filter({ has: masters });
    await successor.waitFor();
    await brokerRow(page, address).getByText("down since").waitFor();
    expect(await masters.count()).toBe(1);
    const events = page.locator("ol.events");
    await events.getByText(killed).first().waitFor();
    await events.locator(".gap").first().waitFor();

    await cluster.node("start", killed);
    await ready(cluster);
    const back = brokerRow(page, await addressOfNode(cluster, killed));
    await back.locator("[data-role=slave]").waitFor();
    await back.getByText("in sync", { exact: true }).waitFor();
    expect(await masters.count()).toBe(1);
    expect(await wasNeverReloaded(page)).toBe(true);
    expect(tab.complaints()).toEqual([]);
  });
});
