import { backslashPath } from "../files/backslash-path.ts";
import type { ConfigFile } from "../files/config-file.ts";
import { configKeys } from "../keys/key-table.ts";
import { valueProblem } from "../keys/value-problem.ts";
import { atValue, type Mistake, rule } from "./rule.ts";

const fold = (word: string) => word.toLowerCase().replaceAll("-", "_");

function* wrongValues(file: ConfigFile, wanted: "enum" | "others"): Generator<Mistake> {
  const keys = configKeys(file.kind);
  for (const [name, { value }] of file.byKey) {
    const key = keys.get(name);
    if (key === undefined || (key.type === "enum") !== (wanted === "enum")) continue;
    const problem = valueProblem(key, value.trim());
    if (problem === undefined) continue;
    const meant = key.values?.find((one) => fold(one) === fold(value.trim()));
    const inUse = key.default === null ? "its default" : `its default, ${key.default}`;
    // Boolean.parseBoolean knows one word: all others are false, whatever the default is.
    const read = key.type === "boolean" ? "Write true or false." : `RocketMQ would use ${inUse}.`;
    const fix = meant === undefined ? read : `Write ${meant}.`;
    yield atValue(file, name, `${name} is ${JSON.stringify(value.trim())}, ${problem}`, fix, meant);
  }
}

export const valueType = rule({
  code: "VALUE_TYPE",
  severity: "error",
  isFixUnsafe: true,
  title: "A value is not of its key's type.",
  breaks:
    "RocketMQ ignores it in silence and keeps its default. Of a boolean it makes false, also where the default is true.",
  bad: { "broker.conf": "brokerName=broker-a\nfileReservedTime=72h\n" },
  good: { "broker.conf": "brokerName=broker-a\nfileReservedTime=72\n" },
  *check({ files }) {
    for (const file of files) yield* wrongValues(file, "others");
  },
});

export const valueEnum = rule({
  code: "VALUE_ENUM",
  severity: "error",
  isFixUnsafe: true,
  title: "A value is none of those that its key has.",
  breaks: "RocketMQ ignores it in silence: flushDiskType=sync_flush flushes asynchronously.",
  bad: { "broker.conf": "brokerName=broker-a\nflushDiskType=sync_flush\n" },
  good: { "broker.conf": "brokerName=broker-a\nflushDiskType=SYNC_FLUSH\n" },
  *check({ files }) {
    for (const file of files) yield* wrongValues(file, "enum");
  },
});

export const valueBlanks = rule({
  code: "VALUE_BLANKS",
  severity: "error",
  isFixUnsafe: true,
  title: "Blanks follow a number or boolean.",
  breaks:
    "Java keeps blanks at a line's end, and RocketMQ does not remove them: a number is ignored in silence, true becomes false. In Hotfire's containers they are removed.",
  bad: { "broker.conf": "brokerName=broker-a\nautoCreateTopicEnable=true \n" },
  good: { "broker.conf": "brokerName=broker-a\nautoCreateTopicEnable=true\n" },
  *check({ files }) {
    for (const file of files) {
      const keys = configKeys(file.kind);
      for (const [name, { value }] of file.byKey) {
        const key = keys.get(name);
        if (key === undefined || key.type === "String" || key.type === "enum" || value === value.trim())
          continue;
        // Double.parseDouble bears blanks.
        if (key.type === "double" || key.type === "float" || valueProblem(key, value.trim()) !== undefined)
          continue;
        yield atValue(
          file,
          name,
          `${name} is ${JSON.stringify(value)}, with blanks at its end`,
          "Remove the blanks.",
          value.trim(),
        );
      }
    }
  },
});

export const pathBackslash = rule({
  code: "PATH_BACKSLASH",
  severity: "error",
  isFixUnsafe: true,
  title: "A path is written with backslashes.",
  breaks:
    "To Java a backslash is an escape: D:\\rocketmq\\store is read as D:, a carriage return, ocketmqstore. The broker stores elsewhere, or does not start.",
  bad: { "broker.conf": "brokerName=broker-a\nstorePathRootDir=D:\\rocketmq\\store\n" },
  good: { "broker.conf": "brokerName=broker-a\nstorePathRootDir=D:/rocketmq/store\n" },
  *check({ files }) {
    for (const file of files) {
      if (file.format === "json") continue;
      for (const [key, entry] of file.byKey) {
        const repaired = backslashPath(file, entry);
        // Where an escape is none, the whole file is refused: that is the finding.
        const isRefused = file.badEscapes.some(
          ({ offset }) => entry.valueAt.offset <= offset && offset < entry.end,
        );
        if (repaired === undefined || isRefused) continue;
        yield atValue(
          file,
          key,
          `${key} holds backslashes, and Java reads it as ${JSON.stringify(entry.value)}`,
          `Write ${repaired}.`,
          repaired,
        );
      }
    }
  },
});

const nameOrPath = /^(?:brokerName|brokerClusterName|dLegerGroup|dLegerSelfId|rocketmqHome)$|path|dir$/i;
const quoted = /^(["'`])(.*)\1$/s;

/** What is wrong with a name or path that is written as for a shell, as a phrase after the value; and what was meant. */
function shellText(value: string): { readonly problem: string; readonly meant?: string } | undefined {
  const [, , inside] = quoted.exec(value) ?? [];
  if (inside !== undefined) return { problem: "holds quotes, which become part of it", meant: inside };
  if (/\$\{|\$\(|(?:^|\/)\$[A-Za-z_]|\{\{|%[A-Za-z_]+%/.test(value))
    return { problem: "holds a variable, and RocketMQ expands none" };
  if (/^~(?:\/|$)/.test(value)) return { problem: "begins with ~, which is a folder of that name to Java" };
  return undefined;
}

export const valueLiteral = rule({
  code: "VALUE_LITERAL",
  severity: "error",
  isFixUnsafe: true,
  title: "A name or path is written as for a shell.",
  breaks:
    "RocketMQ takes quotes, variables and ~ as they stand: a store at ~/store is in a folder named ~ below the one it was started in, and another one after a start from elsewhere.",
  bad: { "broker.conf": 'brokerName="broker-a"\nstorePathRootDir="/home/rocketmq/store"\n' },
  good: { "broker.conf": "brokerName=broker-a\nstorePathRootDir=/home/rocketmq/store\n" },
  *check({ files }) {
    for (const file of files) {
      if (file.format === "json") continue;
      for (const [key, { value }] of file.byKey) {
        const wrong =
          nameOrPath.test(key) && configKeys(file.kind).get(key)?.type === "String"
            ? shellText(value.trim())
            : undefined;
        if (wrong === undefined) continue;
        const { problem, meant } = wrong;
        const fix = meant === undefined ? "Write it out." : `Write ${meant}.`;
        yield atValue(file, key, `${key} ${problem}`, fix, meant);
      }
    }
  },
});

const port = [1, 65_535] as const;
const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  listenPort: port,
  haListenPort: port,
  brokerPermission: [2, 6],
  diskMaxUsedSpaceRatio: [10, 95],
  fileReservedTime: [0, 87_600],
  defaultTopicQueueNums: [1, 65_535],
  sendMessageThreadPoolNums: [1, 4096],
  pullMessageThreadPoolNums: [1, 4096],
  maxMessageSize: [1, 2 ** 31 - 1],
  mappedFileSizeCommitLog: [1, 2 ** 31 - 1],
  totalReplicas: [1, 99],
  inSyncReplicas: [1, 99],
  minInSyncReplicas: [1, 99],
  brokerId: [-1, Number.MAX_SAFE_INTEGER],
  registerNameServerPeriod: [10_000, 60_000],
};

export const valueRange = rule({
  code: "VALUE_RANGE",
  severity: "error",
  title: "A number is outside of what its key can mean.",
  breaks:
    "RocketMQ fails at the start, or silently uses another value (disk ratio 10 to 95, registration every 10 to 60 s).",
  bad: { "broker.conf": "brokerName=broker-a\nlistenPort=109110\n" },
  good: { "broker.conf": "brokerName=broker-a\nlistenPort=10911\n" },
  *check({ files }) {
    for (const file of files) {
      for (const [name, { value }] of file.byKey) {
        const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
        if (range === undefined || !/^-?\d{1,18}$/.test(value.trim())) continue;
        const [least, most] = range;
        const facts = configKeys(file.kind).get(name);
        if (facts !== undefined && valueProblem(facts, value.trim()) !== undefined) continue;
        // A name server or controller lets the system choose its port.
        if (name === "listenPort" && Number(value) === 0 && file.kind !== "broker") continue;
        if (Number(value) < least || Number(value) > most)
          yield atValue(
            file,
            name,
            `${name} is ${value.trim()}, and not from ${least} to ${most}`,
            `Choose one from ${least} to ${most}.`,
          );
      }
    }
  },
});
