import { type Broker, brokerOf } from "../files/broker.ts";
import type { ConfigFile } from "../files/config-file.ts";
import { type Controller, controllerOf } from "../files/controller.ts";
import type { PropertyEntry } from "../properties/parse-properties.ts";

/** A note says what was left alone: it is no finding that anything has to be done about. */
export type Severity = "error" | "warning" | "note";

/** Replaces the characters of a file's text from `start` to before `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Mistake {
  readonly file: ConfigFile;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What to do here. */
  readonly fix: string;
  /** Does it, where a program can. */
  readonly edits?: readonly Edit[] | undefined;
}

export type Files = Readonly<Record<string, string>>;

export interface Rule<Code extends string = string> {
  /** Stable. */
  readonly code: Code;
  readonly severity: Severity;
  /** One sentence: what is wrong. */
  readonly title: string;
  /** What it breaks in practice. */
  readonly breaks: string;
  /** Whether its edits change what a running cluster does at its next start: done only when asked for by name. */
  readonly isFixUnsafe?: boolean;
  readonly bad: Files;
  readonly good: Files;
  readonly check: (cluster: FileSet) => Iterable<Mistake>;
}

/** Keeps the code's literal type. */
export function rule<const Code extends string>(definition: Rule<Code>): Rule<Code> {
  return definition;
}

/** Files that are judged together as one cluster. */
export interface FileSet {
  /** RocketMQ's. */
  readonly files: readonly ConfigFile[];
  /** Other software's, or nothing that could be read. */
  readonly others: readonly ConfigFile[];
  readonly brokers: readonly Broker[];
  readonly controllers: readonly Controller[];
  /** Brokers by brokerName. */
  readonly groups: ReadonlyMap<string, readonly Broker[]>;
}

export function fileSet(all: readonly ConfigFile[]): FileSet {
  const files = all.filter(({ isRocketmq }) => isRocketmq);
  const brokers = files
    .filter(({ kind, unread }) => kind === "broker" && unread === undefined)
    .map((file) => brokerOf(file));
  return {
    files,
    others: all.filter(({ isRocketmq }) => !isRocketmq),
    brokers,
    controllers: files.flatMap((file) => controllerOf(file) ?? []),
    groups: groupBy(brokers, ({ group }) => group),
  };
}

export function groupBy<Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => string | undefined,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** A mistake at a key's value, or at the file's beginning if it lacks the key. */
export function atValue(
  file: ConfigFile,
  key: string,
  message: string,
  fix: string,
  replacement?: string,
  edits: readonly Edit[] | undefined = undefined,
): Mistake {
  const entry = file.byKey.get(key);
  if (entry === undefined) return atFile(file, message, fix);
  const { line, column } = entry.valueAt;
  return {
    file,
    line,
    column,
    message,
    fix,
    edits: replacement === undefined ? edits : [setValue(entry, replacement)],
  };
}

export function atKey(
  file: ConfigFile,
  entry: PropertyEntry,
  message: string,
  fix: string,
  edits?: readonly Edit[],
): Mistake {
  return { file, line: entry.keyAt.line, column: entry.keyAt.column, message, fix, edits };
}

export function atFile(file: ConfigFile, message: string, fix: string): Mistake {
  return { file, line: 1, column: 1, message, fix };
}

/** `replacement` is written as it is: no character of it needs escaping. */
export function setValue(entry: PropertyEntry, replacement: string): Edit {
  return { start: entry.valueAt.offset, end: entry.end, text: replacement };
}
