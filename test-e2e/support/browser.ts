import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { openPages } from "./evidence.ts";

/** As scripts/setup/chromium.sh looks for them. */
const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const macos = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

async function chromiumPath(): Promise<string> {
  const given = process.env["CHROMIUM"];
  if (given) return given;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), macos];
  for (const path of candidates) {
    const works = await access(path, constants.X_OK)
      .then(() => promisify(execFile)(path, ["--version"]))
      .then(
        () => true,
        () => false,
      );
    if (works) return path;
  }
  throw new Error("no Chromium: scripts/setup/chromium.sh installs it, CHROMIUM=/path names one");
}

export async function openBrowser(): Promise<Browser> {
  // No sandbox, as containers and root allow none; it visits nothing but the console under test.
  return chromium.launch({ executablePath: await chromiumPath(), chromiumSandbox: false });
}

export interface Tab extends AsyncDisposable {
  readonly page: Page;
  /**
   * What went wrong in the page up to now: uncaught errors, refusals by the Content-Security-Policy, the page's own
   * console errors. Answers with an error status are not among them: tests bring those about on purpose.
   */
  complaints(): readonly string[];
}

/** A tab with cookies and storage of its own. */
export async function openTab(
  browser: Browser,
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<Tab> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1440, height: 900 },
    locale: "en",
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error" || /^Failed to load resource/.test(message.text())) return;
    complaints.push(`console: ${message.text()}`);
  });
  openPages.add(page);
  return {
    page,
    complaints: () => complaints,
    [Symbol.asyncDispose]: async () => {
      openPages.delete(page);
      await context.close();
    },
  };
}
