import { backslashPath } from "../files/backslash-path.ts";
import type { ConfigFile } from "../files/config-file.ts";
import { largestFile } from "../files/config-file.ts";
import { fullWidth } from "../files/host-problem.ts";
import type { PropertyEntry } from "../properties/parse-properties.ts";
import { atFile, atKey, atValue, type Edit, rule, setValue } from "./rule.ts";

export const binaryFile = rule({
  code: "BINARY_FILE",
  severity: "error",
  title: "The file is no text, or UTF-16.",
  breaks:
    "RocketMQ reads a character a byte; of UTF-16 or a binary file it finds no key it knows and starts with defaults, in silence.",
  bad: { "broker.conf": "\xff\xfeb\0r\0o\0k\0e\0r\0N\0a\0m\0e\0=\0a\0" },
  good: { "broker.conf": "brokerName=broker-a\n" },
  *check({ files, others }) {
    for (const file of [...files, ...others]) {
      if (file.unread === "binary")
        yield atFile(
          file,
          "holds zero bytes: it is binary or UTF-16",
          "Save it as plain ASCII or UTF-8 text.",
        );
    }
  },
});

export const fileTooLarge = rule({
  code: "FILE_TOO_LARGE",
  severity: "error",
  title: "The file is larger than any configuration.",
  breaks: `A configuration has some kilobytes. This one is larger than ${largestFile} bytes and was not read.`,
  bad: { "broker.conf": `# ${"x".repeat(largestFile)}\n` },
  good: { "broker.conf": "brokerName=broker-a\n" },
  *check({ files, others }) {
    for (const file of [...files, ...others]) {
      if (file.unread === "too-large")
        yield atFile(file, `is larger than ${largestFile} bytes`, "Name the configuration itself.");
    }
  },
});

export const badEscape = rule({
  code: "BAD_ESCAPE",
  severity: "error",
  title: "\\u is not followed by four hexadecimal digits.",
  breaks: "Java refuses the whole file, and the process does not start. Windows paths are where it happens.",
  bad: { "broker.conf": "brokerName=broker-a\nstorePathRootDir=D:\\users\\store\n" },
  good: { "broker.conf": "brokerName=broker-a\nstorePathRootDir=D:/users/store\n" },
  *check({ files }) {
    for (const file of files) {
      for (const { offset, line, column } of file.badEscapes) {
        const entry = file.entries.find((one) => one.valueAt.offset <= offset && offset < one.end);
        const path = entry && backslashPath(file, entry);
        yield {
          file,
          line,
          column,
          message: "\\u needs four hexadecimal digits here",
          fix: path === undefined ? "Write a backslash twice, and paths with /." : `Write ${path}.`,
          edits: entry === undefined || path === undefined ? undefined : [setValue(entry, path)],
        };
      }
    }
  },
});

const beyondAscii = /[\x80-\xff]/;
/** Blanks and marks that no eye sees, as bytes of UTF-8: U+00A0, U+200B to U+200F, U+2060, U+FEFF. */
const invisible = /\xc2\xa0|\xe2\x80[\x8b-\x8f]|\xe2\x81\xa0|\xef\xbb\xbf/g;
/** Whose rules name full-width punctuation themselves. */
const addressKey = /addr|peers|^brokerIP[12]$/i;

/** The text, with its invisible characters taken out. */
function visible(text: string): string {
  return text.replaceAll(invisible, "");
}

function isInvisible(text: string): boolean {
  return beyondAscii.test(text) && !beyondAscii.test(visible(text));
}

function isPunctuationOfAddress({ text }: ConfigFile, { key, valueAt, end }: PropertyEntry): boolean {
  const value = text.slice(valueAt.offset, end);
  return (
    addressKey.test(key) &&
    beyondAscii.test(value) &&
    !beyondAscii.test(value.replaceAll(new RegExp(fullWidth, "g"), ""))
  );
}

export const encoding = rule({
  code: "ENCODING",
  severity: "warning",
  isFixUnsafe: true,
  title: "A key or value holds bytes beyond ASCII.",
  breaks:
    "RocketMQ reads the file as ISO-8859-1: UTF-8 letters arrive as two or three others, and a byte order mark makes the first key an unknown one.",
  bad: { "broker.conf": "brokerName=br\xc3\xbccke\n" },
  good: { "broker.conf": "# Br\xc3\xbccke\nbrokerName=br\\u00fccke\n" },
  *check({ files }) {
    for (const file of files) {
      for (const entry of file.entries) {
        const hasMark = entry.keyAt.offset === 0 && entry.key.startsWith("\xef\xbb\xbf");
        if (hasMark)
          yield atKey(
            file,
            entry,
            "begins with a byte order mark, which becomes part of the first key",
            "Save it without the mark.",
            [{ start: 0, end: 3, text: "" }],
          );
        else if (isPunctuationOfAddress(file, entry)) continue;
        else if (isInvisible(file.text.slice(entry.keyAt.offset, entry.end)))
          yield atKey(
            file,
            entry,
            `${JSON.stringify(visible(entry.key))} has an invisible character in its line, which becomes part of it`,
            "Remove it.",
            [
              {
                start: entry.keyAt.offset,
                end: entry.end,
                text: visible(file.text.slice(entry.keyAt.offset, entry.end)),
              },
            ],
          );
        else if (beyondAscii.test(file.text.slice(entry.keyAt.offset, entry.end)))
          yield atKey(
            file,
            entry,
            `${entry.key} holds bytes beyond ASCII, read as ISO-8859-1`,
            "Write the letters as \\uXXXX.",
          );
      }
    }
  },
});

export const notRocketmq = rule({
  code: "NOT_ROCKETMQ",
  severity: "note",
  title: "The file is not RocketMQ's: it was left alone.",
  breaks:
    "Other software's files are named once, judged by no other rule and never edited. A process of RocketMQ's that is started with one runs with defaults only.",
  bad: { "default.conf": "server {\n  listen 80;\n}\n" },
  good: { "broker.conf": "brokerName=broker-a\n" },
  *check({ others }) {
    for (const file of others) {
      if (file.unread !== undefined || file.isPlainAcl) continue;
      const what = file.software === undefined ? "holds no key that RocketMQ knows" : `is ${file.software}`;
      yield atFile(
        file,
        `${what}: left alone`,
        "Nothing, if it was named among others; else name the right file.",
      );
    }
  },
});

export const jsonBroken = rule({
  code: "JSON_BROKEN",
  severity: "error",
  title: "A proxy's file is no JSON.",
  breaks: "The proxy prints an exception and does not start.",
  bad: { "rmq-proxy.json": '{ "rocketMQClusterName": "orders" \n' },
  good: { "rmq-proxy.json": '{ "rocketMQClusterName": "orders" }\n' },
  *check({ files }) {
    for (const file of files) {
      if (file.broken === undefined) continue;
      const { message, at } = file.broken;
      yield { file, line: at.line, column: at.column, message, fix: "Write a JSON object." };
    }
  },
});

/** The file's own line ends. */
function lineEndOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
}

export const textBehindValue = rule({
  code: "TEXT_BEHIND_VALUE",
  severity: "error",
  title: "A comment, or another key, stands behind a value.",
  breaks:
    "To Java # begins a comment at the begin of a line only: all the rest of the line is the value. A number or switch is ignored, a name or path is another one, an address does not exist.",
  bad: { "broker.conf": "brokerName=broker-a\nfileReservedTime=48 # two days\n" },
  good: { "broker.conf": "brokerName=broker-a\n# two days\nfileReservedTime=48\n" },
  *check({ files }) {
    for (const file of files) {
      for (const [key, { kind, text, value }] of file.appendices) {
        const entry = file.entries.findLast((one) => one.key === key);
        if (entry === undefined) continue;
        const meant = value.trimEnd();
        const isComment = kind === "comment";
        const message = isComment
          ? `${key}: the comment is part of the value, ${JSON.stringify(meant.trim())} was meant`
          : `${key}: a second assignment is part of the value, ${JSON.stringify(text)}`;
        const edits = moved(file, entry, { text: isComment ? asComment(text) : text, meant, isComment });
        yield atValue(file, key, message, "Give it a line of its own.", undefined, edits);
      }
    }
  },
});

const asComment = (text: string) => (text.startsWith("#") ? text : `# ${text.replace(/^\/+\s*/, "")}`);

/** What stands behind a value in a line of its own: a comment above it, an assignment below. */
function moved(
  { text }: ConfigFile,
  entry: PropertyEntry,
  to: { readonly text: string; readonly meant: string; readonly isComment: boolean },
): Edit[] | undefined {
  const raw = text.slice(entry.valueAt.offset, entry.end);
  // Of escapes and continued lines a person knows better what was meant.
  if (/[\\\r\n]/.test(raw) || !raw.startsWith(to.meant)) return undefined;
  const end = lineEndOf(text);
  const lineStart =
    Math.max(text.lastIndexOf("\n", entry.keyAt.offset - 1), text.lastIndexOf("\r", entry.keyAt.offset - 1)) +
    1;
  const cut = { start: entry.valueAt.offset + to.meant.length, end: entry.end };
  return to.isComment
    ? [
        { start: lineStart, end: lineStart, text: `${to.text}${end}` },
        { ...cut, text: "" },
      ]
    : [{ ...cut, text: `${end}${to.text}` }];
}
