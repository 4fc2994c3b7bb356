/**
 * RocketMQ reads its files with java.util.Properties, bytes as ISO-8859-1: a backslash is an escape, a leading blank is
 * lost, and other characters than ASCII need \uXXXX.
 */
function escapeProperty(value: string): string {
  return value
    .replaceAll("\\", "\\\\")
    .replace(/^[ \t]/, (blank) => `\\${blank}`)
    .replaceAll(
      /[^\x20-\x7e\t]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

const literal = /^(?:true|false|-?(?:0|[1-9]\d{0,14}))$/;

/** What is to be written for a node. A console has no such file. */
export interface NodeProperties {
  readonly kind: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** The text of the node's configuration file: properties, or JSON for a proxy. Ends with a line feed. */
export function rocketmqConf({ kind, properties }: NodeProperties): string {
  const entries = Object.entries(properties);
  if (kind !== "proxy") {
    return entries.map(([key, value]) => `${key}=${escapeProperty(value)}\n`).join("");
  }
  const lines = entries.map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${literal.test(value) ? value : JSON.stringify(value)}`,
  );
  return `{\n${lines.join(",\n")}\n}\n`;
}
