import { stripVTControlCharacters, styleText } from "node:util";

type Format = Parameters<typeof styleText>[0];

/** Colours for one stream: none when it is not a terminal, or NO_COLOR is set. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly accent: (text: string) => string;
  /** What nobody may overlook. */
  readonly alarm: (text: string) => string;
}

export function styleFor(stream: NodeJS.WriteStream): Style {
  const paint = (format: Format) => (text: string) => styleText(format, text, { stream });
  return {
    bold: paint("bold"),
    dim: paint("dim"),
    good: paint("green"),
    warn: paint("yellow"),
    bad: paint("red"),
    accent: paint("cyan"),
    alarm: paint(["bold", "white", "bgRed"]),
  };
}

const same = (text: string) => text;
export const plainStyle: Style = {
  bold: same,
  dim: same,
  good: same,
  warn: same,
  bad: same,
  accent: same,
  alarm: same,
};

/** Columns that a text takes, colours left out. All our texts are one column per character. */
export function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** Cuts a text to a width and closes its colours. */
export function clip(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return `${[...stripVTControlCharacters(text)].slice(0, Math.max(0, width - 1)).join("")}…`;
}

/** What comes from elsewhere (logs, remarks) must not drive the terminal. */
export function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}
