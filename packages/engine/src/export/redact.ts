const secretName = /secret|password|passwd|token|credential|access_?key|private_?key/i;
const hidden = "(left out)";

/**
 * Takes the values of keys that look like secrets out of a text: `key=value`, `key: value`, `"key": "value"`, in
 * environment lists, property files, YAML and JSON alike.
 */
export function redact(text: string): string {
  return text.replace(
    /(["']?)([A-Za-z_][\w.-]*)\1(\s*[=:]\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"',;}\]\\]+)/g,
    (whole, quote: string, key: string, separator: string, value: string) => {
      if (!secretName.test(key) || value === "true" || value === "false") return whole;
      const mark = value.startsWith('"') ? `"${hidden}"` : hidden;
      return `${quote}${key}${quote}${separator}${mark}`;
    },
  );
}
