import { yamlParser } from "@hotfire/config";
import type { Document } from "yaml";
import { SpecError, type SpecIssue } from "../errors/spec-error.ts";

/** Far above any real spec (1,000 groups listed with settings of their own), far below what would hurt. */
const maxBytes = 256 * 1024;
const mostLines = 20_000;
const maxDepth = 32;
/** The parser looks through the whole document for each alias. */
const mostAliases = 100;
/** A text with more syntax errors than this is not the right file. */
const mostErrors = 20;

type Path = readonly (string | number)[];

export interface Position {
  readonly line: number;
  readonly column: number;
  readonly excerpt: string;
}

/** A YAML text as plain values, and where each of them stands. */
export interface YamlText {
  readonly value: unknown;
  /** Position of the value at a path, or of its key; of the nearest parent when the path itself is absent. */
  locate(path: Path, what: "key" | "value"): Position | undefined;
}

function decode(text: string | Uint8Array, source: string): string {
  const bytes = typeof text === "string" ? undefined : text;
  const size = bytes === undefined ? text.length : bytes.length;
  const unreadable = (issue: Omit<SpecIssue, "path">, cause?: unknown): SpecError =>
    new SpecError("SPEC_UNREADABLE", source, [{ ...issue, path: [] }], cause);
  if (size > maxBytes) {
    throw unreadable({
      code: "TOO_LARGE",
      message: `the text has ${size} bytes; a cluster spec has at most ${maxBytes}`,
      hint: "Is this the right file? Many like groups are written as a number: groups: 1000.",
    });
  }
  let decoded: string;
  if (typeof text === "string") decoded = text;
  else {
    const [first, second] = text;
    if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
      throw unreadable({
        code: "ENCODING",
        message: "the text is UTF-16",
        hint: "Save it as UTF-8; in PowerShell: Out-File -Encoding utf8.",
      });
    }
    try {
      decoded = new TextDecoder("utf-8", { fatal: true }).decode(text);
    } catch (cause) {
      throw unreadable(
        { code: "ENCODING", message: "the text is not UTF-8", hint: "Save it as UTF-8." },
        cause,
      );
    }
  }
  if (decoded.startsWith("\uFEFF")) decoded = decoded.slice(1);
  if (decoded.includes("\0")) {
    throw unreadable({
      code: "ENCODING",
      message: "the text holds NUL bytes: it is binary or UTF-16",
      hint: "Save it as UTF-8 text.",
    });
  }
  return decoded;
}

/** Cheap guard before the parser, which recurses at each level: `[[[[…`, `- - - -…` or a staircase of indents. */
function nestsTooDeep(text: string): boolean {
  if (/^[ \t]*(?:[-?:][ \t]+){32}/m.test(text) || /^[ \t]{200}/m.test(text)) return true;
  let depth = 0;
  for (const character of text) {
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth = Math.max(0, depth - 1);
    if (depth > maxDepth) return true;
  }
  return false;
}

function countAliases(document: Document): number {
  const { visit } = yamlParser();
  let count = 0;
  visit(document, {
    Alias() {
      count++;
      return count > mostAliases ? visit.BREAK : undefined;
    },
  });
  return count;
}

/** The parser's own check compares every key with every other. */
function duplicateKeys(document: Document): { key: string; offset: number }[] {
  const { isScalar, visit } = yamlParser();
  const found: { key: string; offset: number }[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) found.push({ key: String(key.value), offset: key.range?.[0] ?? 0 });
        seen.add(key.value);
      }
    },
  });
  return found;
}

/** RocketMQ sees text: `deleteWhen: 04` and `x: 1.0` must not become 4 and 1. */
function keepPropertyTexts(document: Document): void {
  const { isMap, isScalar, visit } = yamlParser();
  visit(document, {
    Pair(_, pair) {
      if (!isScalar(pair.key) || typeof pair.key.value !== "string") return undefined;
      if (!/^properties$|Properties$/.test(pair.key.value) || !isMap(pair.value)) return undefined;
      for (const property of pair.value.items) {
        const value = property.value;
        if (
          isScalar(value) &&
          (typeof value.value === "number" || typeof value.value === "boolean") &&
          value.source
        ) {
          value.value = value.source;
        }
      }
      return visit.SKIP;
    },
  });
}

/** @throws SpecError with every syntax error, when the text is not one readable YAML document. */
export function readYaml(input: string | Uint8Array, source: string): YamlText {
  const { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument } = yamlParser();
  const text = decode(input, source);
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    const start = lines.lineStarts[line - 1] ?? 0;
    const end = text.indexOf("\n", start);
    return {
      line: Math.max(1, line),
      column: Math.max(1, col),
      excerpt: text
        .slice(start, end < 0 ? undefined : end)
        .replace(/\r$/, "")
        .slice(0, 160),
    };
  };
  const tooComplex = (message: string, cause?: unknown): SpecError =>
    new SpecError("SPEC_UNREADABLE", source, [{ code: "YAML_TOO_COMPLEX", path: [], message }], cause);
  if (text.split("\n", mostLines + 1).length > mostLines)
    throw tooComplex(`the text has more than ${mostLines} lines`);
  if (nestsTooDeep(text)) throw tooComplex("the text is nested deeper than any cluster spec");

  let document: Document.Parsed;
  try {
    document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      stringKeys: true,
    });
  } catch (cause) {
    throw tooComplex("the text is nested deeper than any cluster spec", cause);
  }
  if (document.errors.length > 0) {
    const issues = document.errors.slice(0, mostErrors).map((error): SpecIssue => {
      const message = error.message.split("\n", 1)[0] ?? error.message;
      return { code: "YAML_SYNTAX", path: [], message, hint: hints[error.code], ...at(error.pos[0]) };
    });
    throw new SpecError("SPEC_UNREADABLE", source, issues);
  }
  if (countAliases(document) > mostAliases) {
    throw tooComplex(`the text has more than ${mostAliases} aliases (*name)`);
  }
  const twice = duplicateKeys(document).slice(0, mostErrors);
  if (twice.length > 0) {
    throw new SpecError(
      "SPEC_INVALID",
      source,
      twice.map(({ key, offset }) => ({
        code: "KEY_DUPLICATE",
        path: [key],
        message: "stands twice in the same map",
        hint: "Remove one of the two.",
        ...at(offset),
      })),
    );
  }
  let value: unknown;
  try {
    keepPropertyTexts(document);
    value = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw tooComplex(
      "the text expands to too much through its aliases (*name), or is nested too deep",
      cause,
    );
  }

  const locate = (path: Path, what: "key" | "value"): Position | undefined => {
    let node: unknown = document.contents;
    let offset = isNode(node) ? node.range?.[0] : undefined;
    for (const [depth, part] of path.entries()) {
      const last = depth === path.length - 1;
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && item.key.value === part);
        if (!isPair(pair)) break;
        const keyOffset = isNode(pair.key) ? pair.key.range?.[0] : undefined;
        const valueOffset = isNode(pair.value) ? pair.value.range?.[0] : undefined;
        offset =
          (last && what === "key" ? keyOffset : isScalar(pair.value) ? valueOffset : keyOffset) ??
          keyOffset ??
          offset;
        node = pair.value;
      } else if (isSeq(node) && typeof part === "number") {
        node = node.items[part];
        if (!isNode(node)) break;
        offset = node.range?.[0] ?? offset;
      } else break;
    }
    return offset === undefined ? undefined : at(offset);
  };
  return { value, locate };
}

const hints: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "Indent with spaces; YAML does not allow tabs.",
  BAD_INDENT: "Line it up with the keys above it.",
  MULTIPLE_DOCS: "A spec is one YAML document: remove the --- between them.",
};
