import { type ConfigKind, configKeys, configKinds } from "../keys/key-table.ts";
import { replacedKeys } from "../keys/replaced-keys.ts";
import { type Position, type PropertyEntry, parseProperties } from "../properties/parse-properties.ts";
import { readJson } from "./json-entries.ts";
import { type Appendix, appendixOf } from "./meant-value.ts";
import { type Software, softwareOf } from "./recognise-text.ts";

/** Nobody configures a broker with more; what is larger is not read. Bytes. */
export const largestFile = 1024 * 1024;

/** One file as RocketMQ reads it. */
export interface ConfigFile {
  /** As it was named: only for findings. */
  readonly path: string;
  /** A character a byte (ISO-8859-1). */
  readonly text: string;
  /** Proxies read JSON, all others Java's properties. */
  readonly format: "properties" | "json";
  readonly kind: ConfigKind;
  readonly entries: readonly PropertyEntry[];
  readonly badEscapes: readonly Position[];
  /** By key, the last of duplicates; what follows a value in its line is cut off. */
  readonly byKey: ReadonlyMap<string, PropertyEntry>;
  /** By key: what follows the value in its line. */
  readonly appendices: ReadonlyMap<string, Appendix>;
  /** Why nothing was read of it. */
  readonly unread?: "binary" | "too-large";
  /** JSON that cannot be read. */
  readonly broken?: { readonly message: string; readonly at: Position } | undefined;
  /** Decided once: whether a process of RocketMQ's reads it. Nothing else is judged by RocketMQ's rules, or edited. */
  readonly isRocketmq: boolean;
  /** ACL 1.0's accounts, which no 5.x reads any more. */
  readonly isPlainAcl: boolean;
  /** What it looks like, where it is not RocketMQ's. */
  readonly software?: Software | undefined;
}

/** Reads a file's bytes, given as a character a byte. */
export function readConfigFile(path: string, text: string): ConfigFile {
  if (text.length > largestFile) return unreadFile(path, "too-large");
  if (text.includes("\0")) return unreadFile(path, "binary");
  return isJson(path, text) ? readProxyFile(path, text) : readPropertiesFile(path, text);
}

export function unreadFile(path: string, why: "binary" | "too-large"): ConfigFile {
  // A name like broker.conf is all that is known of it.
  const isRocketmq = !/\.(?:json|ya?ml)$/i.test(path);
  return { ...empty(path, ""), unread: why, isRocketmq };
}

function empty(path: string, text: string): ConfigFile {
  return {
    path,
    text,
    format: "properties",
    kind: "broker",
    entries: [],
    badEscapes: [],
    byKey: new Map(),
    appendices: new Map(),
    isRocketmq: false,
    isPlainAcl: false,
  };
}

function isJson(path: string, text: string): boolean {
  return /\.json$/i.test(path) || softwareOf(text) === "JSON";
}

function readProxyFile(path: string, text: string): ConfigFile {
  const { entries, problem } = readJson(text);
  const known = configKeys("proxy");
  const knownKeys = entries.filter(({ key }) => known.has(key)).length;
  const isNamed = /proxy[^/\\]*\.json$/i.test(path);
  // Any JSON may have one key of a proxy's by chance.
  const isRocketmq = isNamed
    ? problem !== undefined || knownKeys > 0
    : knownKeys > 1 && 2 * knownKeys >= entries.length;
  return {
    ...empty(path, text),
    format: "json",
    kind: "proxy",
    ...(isRocketmq
      ? { entries, byKey: new Map(entries.map((entry) => [entry.key, entry])), broken: problem }
      : {}),
    isRocketmq,
    ...(isRocketmq ? {} : { software: "JSON" as const }),
  };
}

function readPropertiesFile(path: string, text: string): ConfigFile {
  const base = empty(path, text);
  const isPlainAcl =
    /(?:^|[/\\])plain_acl[^/\\]*\.ya?ml$/i.test(path) ||
    /^accounts:\s*$[\s\S]*^\s*-?\s*accessKey:/m.test(text);
  const software = isPlainAcl ? "YAML" : softwareOf(text);
  // A heading like [broker] is one key more to Java: the other keys decide.
  if (software !== undefined && software !== "Spring" && software !== "INI")
    return { ...base, isPlainAcl, software };
  const { entries, badEscapes } = parseProperties(text);
  const { kind, isRocketmq } = kindOf(path, entries);
  if (!isRocketmq) return { ...base, software };
  const appendices = new Map<string, Appendix>();
  const byKey = new Map<string, PropertyEntry>();
  for (const entry of entries) {
    const appendix = appendixOf(kind, entry);
    appendices.delete(entry.key);
    if (appendix !== undefined) appendices.set(entry.key, appendix);
    byKey.set(entry.key, appendix === undefined ? entry : cutOff(text, entry, appendix));
  }
  return { ...base, kind, entries, badEscapes, byKey, appendices, isRocketmq };
}

/** The entry as it was meant, where it ends before what follows it. */
function cutOff(text: string, entry: PropertyEntry, { value }: Appendix): PropertyEntry {
  const meant = value.trimEnd();
  const from = entry.valueAt.offset;
  return { ...entry, value: meant, end: text.startsWith(meant, from) ? from + meant.length : entry.end };
}

/** Keys that only RocketMQ has. */
const telling =
  /broker(?!s?$)|namesrv|d(?:le|l)d?ger|controller(?:addr|store|type)|commitlog|consumequeue|rocketmq|flushdisk|filereservedtime|deletewhen|storepath/i;
const mark = "\xef\xbb\xbf";
const letters = (key: string) => key.toLowerCase().replaceAll(/[-_]/g, "");

/** The kind that knows most of the keys, of equals the one that the file is named after; and whether that is enough. */
function kindOf(path: string, entries: readonly PropertyEntry[]): Pick<ConfigFile, "kind" | "isRocketmq"> {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const keys = new Set(entries.map(({ key }) => (key.startsWith(mark) ? key.slice(mark.length) : key)));
  let kind: ConfigKind = "broker";
  let best = -1;
  let seen: readonly string[] = [];
  for (const candidate of configKinds) {
    if (candidate === "proxy") continue;
    const table = lettersOf(candidate);
    const known = [...keys].filter((key) => table.has(letters(key)) || replacedKeys.has(key));
    const score = 2 * known.length + (name.includes(candidate) ? 1 : 0);
    if (score <= best) continue;
    best = score;
    kind = candidate;
    seen = known;
  }
  const isTold = seen.some((key) => telling.test(key));
  // A few words like listenPort or useTLS are anybody's.
  return {
    kind,
    isRocketmq: isTold ? 5 * seen.length >= keys.size : seen.length > 0 && 2 * seen.length >= keys.size,
  };
}

const tables = new Map<ConfigKind, ReadonlySet<string>>();

function lettersOf(kind: ConfigKind): ReadonlySet<string> {
  let table = tables.get(kind);
  if (table === undefined) {
    table = new Set([...configKeys(kind).keys()].map(letters));
    tables.set(kind, table);
  }
  return table;
}

/** The value without blanks at its end, as it was meant. */
export function settingOf(file: ConfigFile, key: string): string | undefined {
  return file.byKey.get(key)?.value.trim();
}

export function isOn(file: ConfigFile, key: string): boolean {
  return settingOf(file, key)?.toLowerCase() === "true";
}

/** A whole number, or RocketMQ's default for the key. */
export function numberOf(file: ConfigFile, key: string): number {
  const value = settingOf(file, key);
  const text =
    value !== undefined && /^-?\d{1,15}$/.test(value) ? value : configKeys(file.kind).get(key)?.default;
  return Number(text ?? Number.NaN);
}

/** Whether a key says what RocketMQ does without it. */
export function isDefault(file: ConfigFile, key: string): boolean {
  const value = settingOf(file, key);
  return value !== undefined && value === (configKeys(file.kind).get(key)?.default ?? "");
}
