export const bodyForms = ["text", "json", "hex"] as const;
export type BodyForm = (typeof bodyForms)[number];

export function bodyBytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** The body as UTF-8, or undefined where it is none. */
export function bodyText(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** Indented, or undefined where it is no JSON. */
export function bodyJson(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

const perLine = 16;
const mostHex = 4096;

/** `00000010  68 65 6c 6c 6f …  hello`, of the first bytes. */
export function bodyHex(body: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(body.length, mostHex); at += perLine) {
    const part = [...body.subarray(at, Math.min(at + perLine, mostHex))];
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : "·")).join("");
    lines.push(`${at.toString(16).padStart(8, "0")}  ${hex.padEnd(perLine * 3 - 1)}  ${text}`);
  }
  if (body.length > mostHex) lines.push(`… ${body.length - mostHex} bytes more`);
  return lines.join("\n");
}

/** C0 controls but tab and line feed, DEL, and the marks and overrides that reorder text (U+200E to U+2069). */
function isControl(code: number): boolean {
  if (code < 32) return code !== 9 && code !== 10;
  return (
    code === 127 ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

/** Controls that would move the cursor or hide text are shown as symbols; line breaks and tabs stay. */
export function visible(text: string): string {
  let shown = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (!isControl(code)) shown += character;
    else shown += code < 32 ? String.fromCharCode(0x2400 + code) : "\u2421";
  }
  return shown;
}

export function firstForm(base64: string): BodyForm {
  const text = bodyText(bodyBytes(base64));
  if (text === undefined) return "hex";
  return bodyJson(text) !== undefined && /^\s*[[{]/.test(text) ? "json" : "text";
}
