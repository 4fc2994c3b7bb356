/**
 * @module-tag quick
 * The console's main way: who leads, live.
 */
import { describe, expect } from "vitest";
import { addressOfNode, masterOf, ready } from "../support/broker-address.ts";
import { brokerRow, markPage, wasNeverReloaded } from "../support/page.ts";
import { sharedPageTest } from "../support/page-test.ts";

const it = sharedPageTest("dledger");

describe("the Cluster page of a DLedger group", () => {
  it("shows the new leader within seconds of the old one's death, and the old one as a follower", async ({
    cluster,
    tab,
  }) => {
    const killed = await masterOf(cluster, "broker-a");
    const address = await addressOfNode(cluster, killed);
    const { page } = tab;
    await page.goto("/");
    await markPage(page);
    const leaders = page.locator("[data-role=leader].writer");
    await brokerRow(page, address).locator("[data-role=leader].writer").waitFor();

    await cluster.node("kill", killed);
    await brokerRow(page, address).getByText("down since").waitFor();
    const successor = page.locator("tr[data-broker]:not(.down)").filter({ has: leaders });
    await successor.waitFor();
    expect(await leaders.count()).toBe(1);
    // What happened stays to be read: who, by the name that people know, and for how long nobody.
    const events = page.locator("ol.events");
    await events.getByText(killed).first().waitFor();
    await events.locator(".gap").first().waitFor();

    await cluster.node("start", killed);
    await ready(cluster);
    await brokerRow(page, await addressOfNode(cluster, killed))
      .locator("[data-role=follower]")
      .waitFor();
    expect(await leaders.count()).toBe(1);
    expect(await wasNeverReloaded(page)).toBe(true);
    expect(tab.complaints()).toEqual([]);
  });

  it("says since when no name server answers, and is live again by itself", async ({ cluster, tab }) => {
    const { page } = tab;
    const connection = page.getByRole("banner");
    await page.goto("/");
    await markPage(page);
    await connection.getByText("Live").waitFor();
    await cluster.node("kill", "namesrv-0");
    await cluster.node("kill", "namesrv-1");
    await connection.getByText("No name server answers").waitFor();
    await page
      .getByText(/down since/)
      .first()
      .waitFor();
    // What was known of the brokers is still there.
    expect(await page.locator("tr[data-broker]").count()).toBe(3);
    await cluster.node("start", "namesrv-0");
    await cluster.node("start", "namesrv-1");
    await connection.getByText("Live").waitFor({ timeout: 90_000 });
    // The other name server may take a moment longer.
    await expect.poll(() => page.getByText(/down since/).count(), { timeout: 30_000 }).toBe(0);
    expect(await wasNeverReloaded(page)).toBe(true);
    expect(tab.complaints()).toEqual([]);
  });
});
