import { type ConfigKey, type ConfigKind, configKeys } from "../keys/key-table.ts";
import type { PropertyEntry } from "../properties/parse-properties.ts";

/** What follows a value in its line and is none: Java takes it for part of the value. */
export interface Appendix {
  readonly kind: "comment" | "assignment";
  /** As it was meant to be a line of its own. */
  readonly text: string;
  /** The value in front of it, as it is written. */
  readonly value: string;
}

/** A path on another host begins with //, and a password may hold a #: both need a blank before them. */
const spoken = /^(?<value>.*?)(?:(?:\s+|(?<=;)|^)(?=#)|(?<=\S)\s+(?=\/\/))(?<text>.*)$/s;
const tight = /^(?<value>[^#]*?)\s*(?<text>#.*)$/s;
/** Strings in which # has no place. */
const strict = /(?:Addr|Address|IP\d|Peers|SelfId|deleteWhen|messageDelayLevel)$/;

/** Text that a person put behind a value: a comment, or another key with its value. */
export function appendixOf(kind: ConfigKind, { key, value }: PropertyEntry): Appendix | undefined {
  // JSON has what it wants.
  if (/^\s*[{[]/.test(value)) return undefined;
  const comment = commentOf(configKeys(kind).get(key), key, value);
  if (comment !== undefined) return { kind: "comment", ...comment };
  for (const match of value.matchAll(/[\s;,]+([A-Za-z][\w.-]*)\s*=\s*\S/g)) {
    const [, name = ""] = match;
    if (!isKey(kind, name)) continue;
    const at = match.index;
    return {
      kind: "assignment",
      value: value.slice(0, at),
      text: value
        .slice(at)
        .replace(/^[\s;,]+/, "")
        .trimEnd(),
    };
  }
  return undefined;
}

function commentOf(
  facts: ConfigKey | undefined,
  key: string,
  value: string,
): Omit<Appendix, "kind"> | undefined {
  // Of a number, a switch or a word of a list, # is never a part.
  const isStrict = strict.test(key) || (facts !== undefined && facts.type !== "String");
  const groups = (isStrict ? tight.exec(value)?.groups : undefined) ?? spoken.exec(value)?.groups;
  const { value: before, text } = groups ?? {};
  return before === undefined || text === undefined ? undefined : { value: before, text: text.trimEnd() };
}

const fold = (name: string) => name.toLowerCase();
const folded = new Map<ConfigKind, ReadonlySet<string>>();

function isKey(kind: ConfigKind, name: string): boolean {
  let names = folded.get(kind);
  if (names === undefined) {
    names = new Set([...configKeys(kind).keys()].map(fold));
    folded.set(kind, names);
  }
  return names.has(fold(name));
}
