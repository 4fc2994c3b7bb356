import { plainStyle, type Style, styleFor } from "./output/style.ts";

/** What every action gets: where facts and progress go, and when to stop. */
export interface Context {
  /** Facts, on stdout, one call a block of lines. */
  readonly print: (text: string) => void;
  /** Everything else, on stderr. */
  readonly say: (text: string) => void;
  readonly json: boolean;
  /** Colours of stdout and stderr. */
  readonly style: Style;
  readonly sayStyle: Style;
  /** Columns of stdout; undefined when it is no terminal. */
  readonly width: number | undefined;
  /** Whether progress can be drawn in place. */
  readonly isLive: boolean;
  readonly signal: AbortSignal;
}

export function createContext(json: boolean, signal: AbortSignal): Context {
  const { stdout, stderr, env } = process;
  return {
    print: (text) => void stdout.write(`${text}\n`),
    say: (text) => void stderr.write(`${text}\n`),
    json,
    style: json ? plainStyle : styleFor(stdout),
    sayStyle: styleFor(stderr),
    width: stdout.isTTY ? stdout.columns : undefined,
    isLive: !json && stderr.isTTY === true && env["TERM"] !== "dumb" && !env["CI"],
    signal,
  };
}

/** One JSON document, for programs. */
export function printJson(context: Context, value: unknown): void {
  context.print(JSON.stringify(value, undefined, 2));
}
