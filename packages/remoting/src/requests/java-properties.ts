import { RemotingError } from "../errors/remoting-error.ts";

/**
 * Reads what `MixAll.properties2String` writes: `key=value` lines, nothing escaped (so a value with a line break
 * cannot be told from two lines).
 */
export function parseProperties(text: string): Map<string, string> {
  const properties = new Map<string, string>();
  for (const line of text.split("\n")) {
    const equals = line.indexOf("=");
    if (equals > 0 && !line.startsWith("#"))
      properties.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim());
  }
  return properties;
}

/** Writes what `java.util.Properties.load` reads. Throws ARGUMENT_INVALID for a key or value it would misread. */
export function formatProperties(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([key, value]) => {
      if (!/^[\w.-]+$/.test(key) || /[\r\n]/.test(value)) {
        throw new RemotingError("ARGUMENT_INVALID", `"${key}=${value}" is not one line of a properties file`);
      }
      return `${key}=${value.replaceAll("\\", "\\\\")}\n`;
    })
    .join("");
}
