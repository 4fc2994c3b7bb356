import { type ConfigFile, settingOf } from "../config-file.ts";
import { atValue, type Files, groupBy, rule } from "../rule.ts";
import { pair } from "./example-files.ts";

const one = (namesrvAddr: string): Files => ({
  "broker.conf": `brokerName=broker-a\nnamesrvAddr=${namesrvAddr}\n`,
});
const good = one("10.0.0.1:9876;10.0.0.2:9876");

function* lists(
  files: readonly ConfigFile[],
): Generator<{ file: ConfigFile; text: string; entries: string[] }> {
  for (const file of files) {
    const text = file.kind === "namesrv" ? undefined : settingOf(file, "namesrvAddr");
    if (text === undefined || text === "" || file.knownKeys === 0) continue;
    yield {
      file,
      text,
      entries: text
        .split(";")
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ""),
    };
  }
}

export const namesrvSeparator = rule({
  code: "NAMESRV_SEPARATOR",
  severity: "error",
  title: "Name servers are separated by something else than a semicolon.",
  breaks:
    "The list is taken for one address, which does not exist: the broker registers nowhere, and no client finds it.",
  bad: one("10.0.0.1:9876,10.0.0.2:9876"),
  good,
  *check({ files }) {
    for (const { file, text } of lists(files)) {
      if (!/[,\s]/.test(text)) continue;
      const repaired = text
        .split(/[;,\s]+/)
        .filter((entry) => entry !== "")
        .join(";");
      yield atValue(
        file,
        "namesrvAddr",
        "separates name servers by commas or blanks",
        `Write ${repaired}.`,
        repaired,
      );
    }
  },
});

export const namesrvFormat = rule({
  code: "NAMESRV_FORMAT",
  severity: "error",
  title: "A name server is not host:port.",
  breaks: "The broker prints that the address is illegal and exits.",
  bad: one("10.0.0.1;10.0.0.2:9876"),
  good,
  *check({ files }) {
    for (const { file, text, entries } of lists(files)) {
      if (/[,\s]/.test(text)) continue;
      // A placeholder of a template is whatever it becomes.
      const wrong = entries.find((entry) => !/^.+:\d{1,5}$/.test(entry) && !/[${}]/.test(entry));
      if (wrong !== undefined)
        yield atValue(
          file,
          "namesrvAddr",
          `${JSON.stringify(wrong)} is not host:port`,
          "Add the port, 9876 by default.",
        );
    }
  },
});

export const namesrvSingle = rule({
  code: "NAMESRV_SINGLE",
  severity: "warning",
  title: "The broker knows one name server only.",
  breaks:
    "While that one is down, clients that start find no broker, and a switch to another master reaches nobody.",
  bad: one("10.0.0.1:9876"),
  good,
  *check({ files }) {
    for (const { file, text, entries } of lists(files)) {
      if (entries.length === 1 && !/[,\s]/.test(text))
        yield atValue(
          file,
          "namesrvAddr",
          `${entries[0]} is the only name server`,
          "Run two or three, and list them in every file.",
        );
    }
  },
});

export const namesrvDiffer = rule({
  code: "NAMESRV_DIFFER",
  severity: "error",
  title: "Files of a cluster list different name servers.",
  breaks:
    "Name servers do not talk to each other: each knows the brokers that registered there, and clients see a part of the cluster, depending on whom they ask.",
  bad: {
    ...pair(),
    "broker-b.conf":
      "brokerClusterName=orders\nbrokerName=broker-b\nnamesrvAddr=10.0.0.1:9876;10.0.0.3:9876\n",
  },
  good: pair(),
  *check({ files }) {
    const same = [...groupBy(lists(files), ({ entries }) => [...entries].sort().join(";"))];
    if (same.length < 2) return;
    const [right, ...others] = same.sort(([, one], [, two]) => two.length - one.length);
    for (const { file } of others.flatMap(([, sharing]) => sharing))
      yield atValue(
        file,
        "namesrvAddr",
        `differs from ${right?.[1][0]?.file.path}: ${right?.[1][0]?.text}`,
        "List the same name servers in every file.",
      );
  },
});
