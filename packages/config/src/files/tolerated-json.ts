const mark = "\xef\xbb\xbf";

/**
 * JSON as RocketMQ's proxy takes it, as strict JSON of the same length: fastjson2 2.0.59 passes over comments, commas before a closing
 * bracket and a byte order mark, and takes single quotes and line breaks inside of strings. Takes any text, in linear time.
 */
export function strictJson(text: string): string {
  const parts: string[] = [];
  /** The part that is a comma, while nothing but blanks and comments follow it. */
  let comma: number | undefined;
  let at = text.startsWith(mark) ? mark.length : 0;
  parts.push(" ".repeat(at));
  while (at < text.length) {
    const end = endOf(text, at);
    const part = text.slice(at, end);
    const [first = ""] = part;
    if (part.startsWith("//") || part.startsWith("/*")) parts.push(part.replaceAll(/[^\r\n]/g, " "));
    else {
      if (comma !== undefined && (first === "}" || first === "]")) parts[comma] = " ";
      if (!/\s/.test(first)) comma = first === "," ? parts.length : undefined;
      parts.push(first === '"' || first === "'" ? doubleQuoted(part) : part);
    }
    at = end;
  }
  return parts.join("");
}

/** Where a comment, a string or a single character ends. What is never closed ends with the text. */
function endOf(text: string, at: number): number {
  const found = (close: string) => {
    const end = text.indexOf(close, at + 2);
    return end === -1 ? text.length : end + close.length;
  };
  if (text.startsWith("//", at)) return Math.min(found("\n"), text.length);
  if (text.startsWith("/*", at)) return found("*/");
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return at + 1;
  let end = at + 1;
  while (end < text.length && text[end] !== quote) end += text[end] === "\\" ? 2 : 1;
  return Math.min(end + 1, text.length);
}

function doubleQuoted(part: string): string {
  const oneLine = part.replaceAll(/[\r\n\t]/g, " ");
  const isOther = part.length > 1 && part.startsWith("'") && part.endsWith("'") && !part.includes('"');
  return isOther ? `"${oneLine.slice(1, -1)}"` : oneLine;
}
