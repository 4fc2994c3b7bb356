import { type ConfigFile, settingOf } from "../files/config-file.ts";
import { hostPortProblem } from "../files/host-problem.ts";
import { pair } from "./example-files.ts";
import { atValue, type Files, groupBy, rule } from "./rule.ts";

const one = (namesrvAddr: string): Files => ({
  "broker.conf": `brokerName=broker-a\nnamesrvAddr=${namesrvAddr}\n`,
});
const good = one("10.0.0.1:9876;10.0.0.2:9876");

/** What people write between addresses: semicolons, commas and blanks, also full-width ones (UTF-8 read as ISO-8859-1). */
const separators = /(?:[;,\s]|\xef\xbc[\x8c\x9b]|\xe3\x80[\x80\x81])+/;
const wrongSeparator = /[,\s]|\xef\xbc[\x8c\x9b]|\xe3\x80[\x80\x81]/;

function* lists(
  files: readonly ConfigFile[],
): Generator<{ file: ConfigFile; text: string; entries: string[] }> {
  for (const file of files) {
    const text = file.kind === "namesrv" ? undefined : settingOf(file, "namesrvAddr");
    if (text === undefined || text === "") continue;
    yield {
      file,
      text,
      entries: text
        .split(separators)
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
    for (const { file, text, entries } of lists(files)) {
      // A list of what are addresses; any other text is a matter of its format.
      if (!wrongSeparator.test(text) || entries.some((entry) => hostPortProblem(entry) !== undefined))
        continue;
      const repaired = entries.join(";");
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
      const isText = wrongSeparator.test(text) && !/:\d/.test(text);
      const wrong = isText ? text : entries.find((entry) => hostPortProblem(entry) !== undefined);
      if (wrong === undefined) continue;
      const why = hostPortProblem(wrong) ?? "is not host:port";
      const fix =
        why === "is not host:port" ? "Add the port, 9876 by default." : "Write host:port;host:port.";
      yield atValue(file, "namesrvAddr", `${JSON.stringify(wrong)} ${why}`, fix);
    }
  },
});

export const namesrvSingle = rule({
  code: "NAMESRV_SINGLE",
  severity: "warning",
  title: "The broker knows one name server only.",
  breaks:
    "While that one is down, clients that start find no broker, and a switch to another master reaches no client.",
  bad: one("10.0.0.1:9876"),
  good,
  *check({ files }) {
    for (const { file, text, entries } of lists(files)) {
      if (entries.length === 1 && hostPortProblem(text) === undefined)
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
