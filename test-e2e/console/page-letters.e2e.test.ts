/**
 * @module-tag full
 * Dead letters, traces and stacks need minutes of an official client's retries.
 */
import { readFile } from "node:fs/promises";
import { fetch } from "undici";
import { describe, expect } from "vitest";
import { z } from "zod";
import { openTab } from "../support/browser.ts";
import { docker } from "../support/docker.ts";
import { hotfire } from "../support/hotfire.ts";
import { specFile } from "../support/names.ts";
import { pageTest } from "../support/page-test.ts";
import { succeeded } from "../support/run.ts";
import { startTroubledApplication } from "../support/troubled-application.ts";

const it = pageTest({ of: specFile("with-login"), purpose: "letters" }).extend(
  "application",
  { scope: "file" },
  async ({ cluster }, { onCleanup }) => {
    const application = await startTroubledApplication(cluster, ["bad-1", "bad-2", "good"]);
    onCleanup(() => application[Symbol.asyncDispose]());
    return application;
  },
);

const letter = z.object({ keys: z.string(), bodyBase64: z.string() });

describe("dead letters", () => {
  it("are listed, exported as they are, and sent to their group again, which alone gets them", async ({
    application,
    tab,
  }) => {
    const { page } = tab;
    await page.goto("/dead-letters");
    const group = page.getByRole("button", { name: application.group });
    await page.getByRole("listitem").filter({ has: group }).getByText("messages: 2").waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Export" }).click(),
    ]);
    const exported = (await readFile(await download.path(), "utf8")).trim().split("\n");
    const letters = exported.map((line) => letter.parse(JSON.parse(line)));
    expect(
      letters
        .map(({ keys, bodyBase64 }) => [keys, Buffer.from(bodyBase64, "base64").toString()])
        .sort(([a = ""], [b = ""]) => a.localeCompare(b)),
    ).toEqual([
      ["bad-1", "body of bad-1"],
      ["bad-2", "body of bad-2"],
    ]);

    await group.click();
    await page.getByRole("row").filter({ hasText: "bad-1" }).getByRole("checkbox").check();
    await page.getByRole("button", { name: "Resend 1" }).click();
    const dialog = page.getByRole("dialog");
    const sure = dialog.getByRole("button", { name: "Resend" });
    expect(await sure.isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill(application.group);
    await sure.click();
    await page.getByText("1 sent again.").waitFor();
    await expect.poll(() => application.consumed("bad-1"), { timeout: 90_000 }).toBe(1);
    expect(application.consumed("bad-2")).toBe(0);
    expect(tab.complaints()).toEqual([]);
  });
});

describe("a message", () => {
  it("shows its way by the traces of its clients, who consumed it, and can be given to them again", async ({
    application,
    tab,
  }) => {
    const { page } = tab;
    const trace = page.locator("section, div").filter({ hasText: "consumption ends" }).last();
    await expect
      .poll(
        async () => {
          await page.goto(`/messages/${application.topic}/${application.ids.get("good")}`);
          await page.getByRole("heading", { name: "Trace" }).waitFor();
          await expect.poll(() => page.locator(".loading").count()).toBe(0);
          return trace.count();
        },
        { timeout: 60_000 },
      )
      .toBe(1);
    for (const step of ["sent", "consumption begins", "consumption ends"]) {
      await page.getByRole("listitem").filter({ hasText: step }).first().waitFor();
    }
    const state = page.getByRole("listitem").filter({ hasText: application.group }).first();
    await state.getByText("consumed", { exact: true }).waitFor();

    expect(application.consumed("good")).toBe(1);
    await state.getByRole("button", { name: "Resend" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Resend" }).click();
    await dialog.getByText(/answered success after/).waitFor();
    await expect.poll(() => application.consumed("good")).toBe(2);
    expect(tab.complaints()).toEqual([]);
  });
});

describe("a client", () => {
  it("is listed with its group, and shows what its threads do", async ({ application, tab }) => {
    const { page } = tab;
    await page.goto("/producers");
    await page
      .getByRole("row")
      .filter({ has: page.getByText(`${application.group}-producer`, { exact: true }) })
      .getByText("JAVA")
      .waitFor();
    await page.goto(`/consumers/${application.group}`);
    await page.getByText("CONSUME_PASSIVELY").waitFor();
    await page.getByRole("button", { name: "Stack" }).click();
    await page.getByRole("dialog").getByText("ConsumeMessageThread").waitFor();
    expect(tab.complaints()).toEqual([]);
  });
});

describe("the console that comes with the cluster", () => {
  it("asks for the login of the spec, of which the container knows only a hash", async ({
    cluster,
    browser,
  }) => {
    const url = succeeded(await hotfire(["console", cluster.name])).stdout.trim();
    expect((await fetch(`${url}/api/v1/topics`)).status).toBe(401);
    await using tab = await openTab(browser, url);
    const { page } = tab;
    await page.goto("/topics");
    await page.getByLabel("User").fill("ops");
    await page.getByLabel("Password").fill("correct horse");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { level: 1, name: "Topics" }).waitFor();
    await page.getByRole("link", { name: "hotfire-verify" }).waitFor();
    expect(tab.complaints()).toEqual([]);
    expect(await docker(["inspect", cluster.container("console")])).not.toContain("correct horse");
  });
});
