/**
 * @module-tag full
 * The same page as in page-failover, on a mode that does not switch.
 */
import { describe, expect } from "vitest";
import { addressOfNode, masterOf, ready } from "../support/broker-address.ts";
import { brokerRow, markPage, wasNeverReloaded } from "../support/page.ts";
import { sharedPageTest } from "../support/page-test.ts";

const it = sharedPageTest("master-slave-async");

describe("the Cluster page of masters and slaves", () => {
  it("shows that a slave stays a slave while its master is stopped, and that its group has no writer", async ({
    cluster,
    tab,
  }) => {
    const master = await masterOf(cluster, "broker-a");
    const masterAddress = await addressOfNode(cluster, master);
    const slave = (await ready(cluster)).nodes.find(
      ({ group, role }) => group === "broker-a" && role === "slave",
    );
    const slaveAddress = slave?.containerAddress ?? "";
    const { page } = tab;
    await page.goto("/");
    await markPage(page);
    const writer = page.getByText(`writes go to ${masterAddress}`);
    await writer.waitFor();
    await brokerRow(page, slaveAddress).locator("[data-role=slave]").waitFor();

    await cluster.node("stop", master);
    await page.getByText("no writer").waitFor();
    await brokerRow(page, masterAddress).getByText("down since").waitFor();
    const row = brokerRow(page, slaveAddress);
    expect(await row.locator("[data-role=slave]").count()).toBe(1);
    await row.getByText("up", { exact: true }).waitFor();
    await page.locator("ol.events").getByText(`lost its master ${masterAddress}`).waitFor();

    await cluster.node("start", master);
    await ready(cluster);
    const back = await addressOfNode(cluster, master);
    await page.getByText(`writes go to ${back}`).waitFor();
    await brokerRow(page, back).locator("[data-role=master].writer").waitFor();
    expect(await wasNeverReloaded(page)).toBe(true);
    expect(tab.complaints()).toEqual([]);
  });
});
