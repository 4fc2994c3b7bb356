const short: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
};

function escaped(text: string, special: RegExp): string {
  return text.replace(special, (char) => {
    const code = char.charCodeAt(0);
    return (
      short[char] ?? (code >= 32 && code < 127 ? `\\${char}` : `\\u${code.toString(16).padStart(4, "0")}`)
    );
  });
}

/** A value as `java.util.Properties` reads it back; ASCII only, so that no encoding matters. */
export function escapeValue(value: string): string {
  return escaped(value, /[\\\n\r\t\f]|^ |[^\x20-\x7e]/g);
}

/** `key=value`, escaped. */
export function propertyLine(key: string, value: string): string {
  return `${escaped(key, /[\\\n\r\t\f :=]|^[#!]|[^\x20-\x7e]/g)}=${escapeValue(value)}`;
}
