/** What a text that is no configuration of RocketMQ's looks like. */
export type Software =
  | "nginx"
  | "YAML"
  | "JSON"
  | "XML"
  | "INI"
  | "a log"
  | "a shell script"
  | "Spring"
  | "nothing that is set";

interface Shape {
  readonly software: Software;
  readonly is: (lines: readonly string[], text: string) => boolean;
}

const share = (lines: readonly string[], pattern: RegExp) =>
  lines.length === 0 ? 0 : lines.filter((line) => pattern.test(line)).length / lines.length;

/** Of several that fit, the first. `lines` are those with text, comments left out. */
const shapes: readonly Shape[] = [
  { software: "nothing that is set", is: (lines) => lines.length === 0 },
  { software: "a shell script", is: (_, text) => text.startsWith("#!") },
  // A licence in an XML comment stands above some of RocketMQ's own files.
  { software: "XML", is: (_, text) => /^\s*(?:<!--[\s\S]*?-->\s*)*<[?A-Za-z]/.test(text) },
  { software: "JSON", is: (_, text) => /^\s*[[{]\s*(?:["\]}[{]|$)/.test(text) },
  {
    software: "a log",
    is: (lines) => share(lines, /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|^\S+ +\d+ \d\d:\d\d:\d\d /) > 0.5,
  },
  {
    software: "nginx",
    is: (lines) =>
      lines.some((line) => /^\s*[\w ~*^$./:=-]*\{\s*(?:#.*)?$/.test(line)) &&
      share(lines, /[;{}]\s*(?:#.*)?$/) > 0.5,
  },
  { software: "INI", is: (lines) => lines.some((line) => /^\s*\[[^\]=:]+\]\s*$/.test(line)) },
  {
    software: "YAML",
    is: (lines) =>
      share(lines, /^\s*(?:- |[\w."'-]+:(?:\s|$)|---)/) > 0.6 &&
      lines.some((line) => /^(?:---|\s*- |[\w."'-]+:\s*$)/.test(line)),
  },
  {
    software: "Spring",
    is: (lines) =>
      share(lines, /^\s*(?:spring|server|management|logging|rocketmq|mybatis)\.[\w.[\]-]+\s*[=:]/) > 0.3,
  },
];

/** Which other software's a text is by its looks; undefined where it could be properties. */
export function softwareOf(text: string): Software | undefined {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => !/^\s*(?:[#!;].*|\/\/.*)?$/.test(line));
  return shapes.find(({ is }) => is(lines, text))?.software;
}
