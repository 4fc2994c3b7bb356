/** A link as it stands in a page: `../glossary.md#term`, or `#term` for the page itself; or a path. */
export interface Link {
  readonly line: number;
  readonly target: string;
}

const fence = /^ {0,3}(```|~~~)/;

/** Relative links and pictures outside of code; addresses with a scheme are left out. */
export function relativeLinks(page: string): Link[] {
  return prose(page).flatMap((text, index) =>
    [...text.replaceAll(/`[^`]*`/g, "").matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)]
      .map(([, target = ""]) => ({ line: index + 1, target }))
      .filter(({ target }) => !/^[a-z][a-z0-9+.-]*:/i.test(target)),
  );
}

/** Code in a line that is a path from the repository's root, such as `packages/drill/src`. */
export function pathsInCode(page: string): Link[] {
  const path = /`((?:packages|scripts|docker|bench|test-e2e|compose|schema|examples|docs)\/[\w./-]+)`/g;
  return prose(page).flatMap((text, index) =>
    [...text.matchAll(path)].map(([, target = ""]) => ({ line: index + 1, target })),
  );
}

/** What stands behind # in a link to this page: GitHub's names of its headings, and the ids it sets itself. */
export function anchors(page: string): Set<string> {
  const found = new Set<string>();
  for (const text of prose(page)) {
    for (const [, id = ""] of text.matchAll(/<a (?:id|name)="([^"]+)">/g)) found.add(id);
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(text)?.[1];
    if (heading !== undefined) found.add(firstFree(slug(heading), found));
  }
  return found;
}

/** GitHub's rule: lower case, no punctuation, a hyphen for each blank. */
export function slug(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 1; taken.has(free); count++) free = `${name}-${count}`;
  return free;
}

/** The page's lines, with those of fenced code emptied. */
function prose(page: string): string[] {
  let inside = false;
  return page.split("\n").map((text) => {
    const isFence = fence.test(text);
    if (isFence) inside = !inside;
    return inside || isFence ? "" : text;
  });
}
