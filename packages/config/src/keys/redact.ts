import { isSecretKey } from "./secret-keys.ts";

const hidden = "(left out)";
/**
 * Key, separator and value; the value may be JSON, or quoted, with its quotes escaped where the text stands inside of another, or
 * an object of Java's as its log prints it. A line break may be written as an escape, whose letter is no part of the key.
 */
const entry =
  /(?:\\+[nrt])?(\\*["'])?([A-Za-z_][\w.-]*)\1(\s*[=:]\s*)(\{[^{}\n]*\}|\\+"[^"]*"|"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"',;}\]\\]+)/g;
const quotes = /^(\\*["'])(.*?)(\\*["'])$/s;

/**
 * Takes the values of secret keys out of a text: `key=value`, `key: value`, `"key": "value"`, in environment lists, property
 * files, YAML, JSON and log lines alike, and in texts of these that are values themselves.
 */
export function redact(text: string): string {
  return text.replace(entry, (whole, _quote: string | undefined, key: string, _separator, value: string) => {
    const before = whole.slice(0, whole.length - value.length);
    const [, open = "", inner = value, close = ""] = quotes.exec(value) ?? [];
    if (!isSecretKey(key) || inner === "true" || inner === "false") {
      return `${before}${open}${redact(inner)}${close}`;
    }
    return open.endsWith('"') ? `${before}${open}${hidden}${close}` : `${before}${hidden}`;
  });
}
