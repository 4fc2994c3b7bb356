import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../test-e2e/support/names.ts";
import { anchors, pathsInCode, relativeLinks, slug } from "./markdown.ts";

/** Pages that a command writes, and that may not be there yet. */
const writtenLater = new Set(["docs/results/test-all.md"]);

/** Reports are whole pages of HTML, results and the lock file are data: none of them names a page. */
const isText = (path: string) =>
  !/^(docs\/reports|bench\/results)\/|^package-lock\.json$|\.(png|svg|br|ico|woff2)$/.test(path);

const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  cwd: projectRoot,
  encoding: "utf8",
})
  .split("\0")
  .filter((path) => path !== "" && isText(path) && existsSync(join(projectRoot, path)));

const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");
const pages = files.filter((path) => path.endsWith(".md"));

test("there are pages to look at", () => {
  expect(pages.length).toBeGreaterThan(20);
});

test.each(pages)("every relative link of %s leads somewhere", (page) => {
  const broken = relativeLinks(read(page)).flatMap(({ line, target }) => {
    const [path = "", anchor] = target.split("#");
    const wrong = whatIsWrong(path === "" ? page : posix.join(dirname(page), path), anchor);
    return wrong === undefined ? [] : [`${page}:${line} ${target}: ${wrong}`];
  });
  expect(broken).toEqual([]);
});

// Runs are told with the paths of their day.
test.each(pages.filter((page) => page !== "docs/results/test-runs.md"))(
  "every path of the repository that %s has in code is there",
  (page) => {
    const missing = pathsInCode(read(page)).filter(
      ({ target }) => !writtenLater.has(target) && !existsSync(join(projectRoot, target)),
    );
    expect(missing.map(({ line, target }) => `${page}:${line} ${target}`)).toEqual([]);
  },
);

test("every docs/... that a hint, a comment or a script names is there, with its anchor or heading", () => {
  // A heading stands in quotes behind its page: docs/explanation/failover.md, "No common point".
  const named = /(?<![\w./-])(docs\/[\w/-]+(?:\.[\w-]+)*)(?:#([\w-]+)|, \\?"([^"\\]+)\\?")?/g;
  const broken = files.flatMap((file) =>
    [...read(file).matchAll(named)].flatMap(([text, path = "", anchor, heading]) => {
      if (writtenLater.has(path)) return [];
      const wrong = whatIsWrong(path, anchor ?? (heading && isPage(path) ? slug(heading) : undefined));
      return wrong === undefined ? [] : [`${file} ${text}: ${wrong}`];
    }),
  );
  expect(broken).toEqual([]);
});

function whatIsWrong(path: string, anchor: string | undefined): string | undefined {
  if (!existsSync(join(projectRoot, path))) return "is not there";
  if (anchor === undefined) return;
  if (!isPage(path)) return "has no anchors";
  return anchors(read(path)).has(anchor) ? undefined : "has no such heading";
}

function isPage(path: string): boolean {
  return path.endsWith(".md");
}
