const secretName = /secret|password|passwd|token|credential|access_?key|private_?key/i;
const hidden = "(left out)";
/** Key, separator and value; the value may be quoted, and its quotes escaped where the text stands inside of another. */
const entry =
  /(\\*["'])?([A-Za-z_][\w.-]*)\1(\s*[=:]\s*)(\\+"[^"]*"|"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"',;}\]\\]+)/g;
const quotes = /^(\\*["'])(.*?)(\\*["'])$/s;

/**
 * Takes the values of keys that look like secrets out of a text: `key=value`, `key: value`, `"key": "value"`, in
 * environment lists, property files, YAML and JSON alike, and in texts of these that are values themselves.
 */
export function redact(text: string): string {
  return text.replace(entry, (whole, _quote: string | undefined, key: string, _separator, value: string) => {
    const before = whole.slice(0, whole.length - value.length);
    const [, open = "", inner = value, close = ""] = quotes.exec(value) ?? [];
    if (!secretName.test(key) || inner === "true" || inner === "false") {
      return `${before}${open}${redact(inner)}${close}`;
    }
    return open.endsWith('"') ? `${before}${open}${hidden}${close}` : `${before}${hidden}`;
  });
}
