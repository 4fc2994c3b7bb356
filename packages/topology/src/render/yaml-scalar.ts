/** Compose interpolates every value of the file: a literal dollar is written twice. */
function escapeDollar(text: string): string {
  return text.replaceAll("$", "$$$$");
}

const plain = /^[A-Za-z/][A-Za-z0-9_./-]*$/;
/** Switches, and `e0`, `E_0` and `e-0`, which YAML 1.1 takes for numbers. */
const wordsWithMeaning = /^(?:true|false|null|yes|no|on|off|y|n|e-?[\d_]+)$/i;

/** A one-line value: plain where that is safe in every YAML version, else quoted. */
export function scalar(text: string): string {
  if (plain.test(text) && !wordsWithMeaning.test(text)) return text;
  const value = escapeDollar(text);
  return /^[\x20-\x7e]*$/.test(value) ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
}

/** A text of several lines as a literal block, its lines indented. */
export function block(text: string, indent: string): string {
  const lines = escapeDollar(text.replace(/\n$/, "")).split("\n");
  return `|\n${lines.map((line) => (line === "" ? "" : indent + line)).join("\n")}`;
}
