import type { ConfigFile } from "../files/config-file.ts";
import { configKeys, nearestKey } from "../keys/key-table.ts";
import { layoutReason } from "../keys/layout-keys.ts";
import { replacedKeys } from "../keys/replaced-keys.ts";
import type { PropertyEntry } from "../properties/parse-properties.ts";
import { atKey, type Edit, groupBy, rule } from "./rule.ts";

function* unknownEntries(file: ConfigFile): Generator<PropertyEntry> {
  const known = configKeys(file.kind);
  for (const entry of file.entries) if (!known.has(entry.key)) yield entry;
}

const fold = (key: string) => key.toLowerCase().replaceAll(/[-_. ]/g, "");

function rename(entry: PropertyEntry, key: string): Edit {
  return { start: entry.keyAt.offset, end: entry.keyAt.offset + entry.key.length, text: key };
}

const isLayout = (key: string | undefined) => key !== undefined && layoutReason("broker", key) !== undefined;

/** A key that is spelled out in the text just as it reads. */
const isPlain = (file: ConfigFile, { keyAt, key }: PropertyEntry) => file.text.startsWith(key, keyAt.offset);

export const keyUnknown = rule({
  code: "KEY_UNKNOWN",
  severity: "error",
  isFixUnsafe: true,
  title: "RocketMQ has no such key.",
  breaks: "RocketMQ ignores it in silence, and the broker runs with the default instead of what was meant.",
  bad: { "broker.conf": "brokerName=broker-a\nflushDisktype=SYNC_FLUSH\n" },
  good: { "broker.conf": "brokerName=broker-a\nflushDiskType=SYNC_FLUSH\n" },
  *check({ files }) {
    for (const file of files) {
      for (const entry of unknownEntries(file)) {
        const { key } = entry;
        if (replacedKeys.has(key) || key.startsWith("\xef\xbb\xbf")) continue;
        const near = nearestKey(file.kind, key);
        const message = `${file.kind === "broker" ? "a broker" : `a ${file.kind}`} has no key ${JSON.stringify(key)}`;
        if (near === undefined)
          yield atKey(file, entry, message, "Remove it; hotfire config keys lists them all.");
        else {
          const sure = fold(near) === fold(key) && !file.byKey.has(near) && isPlain(file, entry);
          yield atKey(
            file,
            entry,
            message,
            `Did you mean ${near}?`,
            sure ? [rename(entry, near)] : undefined,
          );
        }
      }
    }
  },
});

export const keyReplaced = rule({
  code: "KEY_REPLACED",
  severity: "warning",
  isFixUnsafe: true,
  title: "The key was removed or renamed before 5.5.0, or is none.",
  breaks: "Files copied from articles about older versions carry it on; RocketMQ ignores it in silence.",
  bad: { "broker.conf": "brokerName=broker-a\nmapedFileSizeCommitLog=1073741824\n" },
  good: { "broker.conf": "brokerName=broker-a\nmappedFileSizeCommitLog=1073741824\n" },
  *check({ files }) {
    for (const file of files) {
      for (const entry of unknownEntries(file)) {
        const replaced = replacedKeys.get(entry.key);
        if (replaced === undefined) continue;
        const { by, why } = replaced;
        const canRename = by !== undefined && !file.byKey.has(by) && isPlain(file, entry);
        const fix =
          by === undefined
            ? "Remove it."
            : isLayout(by)
              ? `Use ${by}, and only for a new store; for one that has messages remove it.`
              : `Use ${by}.`;
        yield atKey(
          file,
          entry,
          `${entry.key} has no effect in 5.5.0: ${why}${isLayout(by) ? "; an existing store does not load with another size of its files" : ""}`,
          fix,
          canRename ? [rename(entry, by)] : undefined,
        );
      }
    }
  },
});

/** From the beginning of the entry's line to the beginning of the next. */
function removeEntry({ text }: ConfigFile, { keyAt, end }: PropertyEntry): Edit {
  const start = text.lastIndexOf("\n", keyAt.offset - 1) + 1;
  const lineEnd = text.indexOf("\n", end);
  return { start, end: lineEnd === -1 ? text.length : lineEnd + 1, text: "" };
}

export const keyDuplicate = rule({
  code: "KEY_DUPLICATE",
  severity: "warning",
  title: "A key is set twice, to different values.",
  breaks: "The last one wins. Whoever edits the first one sees no effect.",
  bad: { "broker.conf": "brokerName=broker-a\nfileReservedTime=120\nfileReservedTime=72\n" },
  good: { "broker.conf": "brokerName=broker-a\nfileReservedTime=72\n" },
  *check({ files }) {
    for (const file of files) {
      if (file.byKey.size === file.entries.length) continue;
      for (const [key, entries] of groupBy(file.entries, (entry) => entry.key)) {
        const last = entries.at(-1);
        for (const entry of entries) {
          if (last === undefined || entry.value === last.value) continue;
          const message = `${key} is set again in line ${last.keyAt.line}, to another value, which wins`;
          yield atKey(file, entry, message, "Remove this line.", [removeEntry(file, entry)]);
        }
      }
    }
  },
});
