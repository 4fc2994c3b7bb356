const logLine = /^\S+ (INFO|WARN|ERROR|DEBUG)\s+\S+ \[[^\]]*\] (.*)$/;
const thrown =
  /^(?:Exception in thread "[^"]*" |Caused by: )?((?:[\w$]+\.)+[\w$]*(?:Exception|Error))(?:: (.*))?$/;
/** What the launcher says when RocketMQ only answered false. */
const saysNothing = /did not initialize/;
/** Lines of the launcher's own that are no reason. */
const routine = /^hotfire: (?:no memory limit|\S+ started in)/;

interface Known {
  readonly seen: RegExp;
  readonly reason: (groups: Readonly<Record<string, string>>) => string;
}

/** What RocketMQ says as a warning and in words that do not name the cause. */
const known: readonly Known[] = [
  {
    // MappedFileQueue.doLoad
    seen: /(?<path>\/\S+)\s+(?<size>\d+) length not matched message store config value/,
    reason: ({ path, size }) =>
      `what is stored has files of another size than the configuration says (${path}: ${size} bytes)`,
  },
  { seen: /Lock failed,\s*MQ already started/i, reason: () => "another process holds the lock of its store" },
  { seen: /No space left on device/, reason: () => "its disk is full" },
];

/** Why a process ended, by the log lines before its end; undefined when they do not say. */
export function whyItEnded(lines: readonly string[]): string | undefined {
  for (const { seen, reason } of known) {
    const match = lines.map((line) => seen.exec(line)).find((found) => found !== null);
    if (match !== undefined && match !== null) return reason(match.groups ?? {});
  }
  return said(lines) ?? exceptionOf(lines) ?? errorOf(lines);
}

/** The launcher's checks: they name the key and the value. */
function said(lines: readonly string[]): string | undefined {
  const line = lines.findLast((text) => text.startsWith("hotfire: ") && !routine.test(text));
  return line?.slice("hotfire: ".length);
}

/** The innermost cause of the last exception. */
function exceptionOf(lines: readonly string[]): string | undefined {
  const found = lines.map((line) => thrown.exec(line)).filter((match) => match !== null);
  const last = found.findLast(([, , message = ""]) => !saysNothing.test(message));
  if (last === undefined) return undefined;
  const [, type = "", message] = last;
  const name = type.slice(type.lastIndexOf(".") + 1);
  return message === undefined ? name : `${message} (${name})`;
}

function errorOf(lines: readonly string[]): string | undefined {
  const found = lines.map((line) => logLine.exec(line)).filter((match) => match !== null);
  const ofLevel = (wanted: string) => found.findLast(([, level]) => level === wanted)?.[2];
  return ofLevel("ERROR") ?? ofLevel("WARN");
}
