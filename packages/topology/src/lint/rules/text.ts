import { largestFile } from "../config-file.ts";
import { atFile, atKey, rule } from "../rule.ts";

export const binaryFile = rule({
  code: "BINARY_FILE",
  severity: "error",
  title: "The file is no text, or UTF-16.",
  breaks:
    "RocketMQ reads a character a byte; of UTF-16 or a binary file it finds no key it knows and starts with defaults, in silence.",
  bad: { "broker.conf": "\xff\xfeb\0r\0o\0k\0e\0r\0N\0a\0m\0e\0=\0a\0" },
  good: { "broker.conf": "brokerName=broker-a\n" },
  *check({ files }) {
    for (const file of files) {
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
  *check({ files }) {
    for (const file of files) {
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
      for (const { line, column } of file.badEscapes)
        yield {
          file,
          line,
          column,
          message: "\\u needs four hexadecimal digits here",
          fix: "Write a backslash twice, and paths with /.",
        };
    }
  },
});

const beyondAscii = /[\x80-\xff]/;

export const encoding = rule({
  code: "ENCODING",
  severity: "warning",
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
  severity: "warning",
  title: "No key of RocketMQ is in the file.",
  breaks:
    "A process that is started with it runs with defaults only: another broker name, another store, no name server.",
  bad: { "broker.conf": "server.port=80\n" },
  good: { "broker.conf": "brokerName=broker-a\n" },
  *check({ files }) {
    for (const file of files) {
      if (file.unread === undefined && file.knownKeys === 0)
        yield atFile(file, "holds no key that RocketMQ knows", "Leave it out, or name the right file.");
    }
  },
});
