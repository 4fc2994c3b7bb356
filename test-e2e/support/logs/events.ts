/** One event of a container's log: its first line, and the lines of a stack trace that belong to it. */
export interface LogEvent {
  readonly level: string;
  readonly logger: string;
  readonly text: string;
  /** Milliseconds since 1970; undefined for what a JVM or a script prints without a time. */
  readonly at: number | undefined;
}

const firstLine = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([A-Z]+) +(\S+) \[[^\]]*\] (.*)$/;
/** The second line is what RocketMQ's client adds to the message of each of its exceptions. */
const continued =
  /^(\s|Caused by: |Suppressed: |[\w$.]+(Exception|Error)(:|$)|For more information, please visit the url)/;

/** Splits a log into events. A stack trace belongs to the event above it. */
export function logEvents(text: string): LogEvent[] {
  const events: LogEvent[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const [, at = "", level = "", logger = "", message = ""] = firstLine.exec(line) ?? [];
    const last = events.at(-1);
    if (level !== "") events.push({ level, logger, text: message, at: Date.parse(at) });
    else if (last !== undefined && continued.test(line)) {
      events[events.length - 1] = { ...last, text: `${last.text}\n${line}` };
    } else events.push({ level: "", logger: "", text: line, at: undefined });
  }
  return events;
}
