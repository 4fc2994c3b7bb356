import type { Locator, Page } from "playwright-core";

/** A broker's row on the Cluster page, by its address. */
export function brokerRow(page: Page, address: string): Locator {
  return page.locator("tr[data-broker]").filter({ hasText: address });
}

// Scripts for the page are texts: the types of a browser's globals are not those of these tests.

/** A mark that a reload would take away. */
export async function markPage(page: Page): Promise<void> {
  await page.evaluate("document.documentElement.dataset.neverReloaded = 'yes'");
}

export async function wasNeverReloaded(page: Page): Promise<boolean> {
  return (await page.locator("html").getAttribute("data-never-reloaded")) === "yes";
}

/** How far the page is wider than its window, in CSS pixels. */
export async function overflowOf(page: Page): Promise<number> {
  const root = "document.documentElement";
  return page.evaluate<number>(`${root}.scrollWidth - ${root}.clientWidth`);
}

/** Tables that have to be scrolled sideways, by their labels. */
export async function wideTables(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    "[...document.querySelectorAll('.table-scroll')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel)",
  );
}

/** The lightness of what is behind the text. */
export async function backgroundOf(page: Page): Promise<"light" | "dark"> {
  const colour = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
  const channels = (/\((.*)\)/.exec(colour)?.[1] ?? "").split(",").map(Number);
  return (channels[0] ?? 0) > 127 ? "light" : "dark";
}
