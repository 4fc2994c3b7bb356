/** Where something stands in a text: offset from 0, line and column from 1. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export interface PropertyEntry {
  readonly key: string;
  /** As `java.util.Properties` reads it: blanks at the end are kept. */
  readonly value: string;
  readonly keyAt: Position;
  /** Of the value's first character, or of where it would stand. */
  readonly valueAt: Position;
  /** Offset behind the value's last character as it is written. */
  readonly end: number;
}

export interface PropertiesText {
  readonly entries: readonly PropertyEntry[];
  /** `\u` without four hexadecimal digits: Java refuses the whole file. */
  readonly badEscapes: readonly Position[];
}

const escapes: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", f: "\f" };
const isBlank = (char: string | undefined) => char === " " || char === "\t" || char === "\f";
const isLineEnd = (char: string | undefined) => char === "\n" || char === "\r";

/**
 * Reads a text as `java.util.Properties.load` does, each character one byte (ISO-8859-1), and keeps where everything stands.
 * Takes any text, in linear time.
 */
export function parseProperties(text: string): PropertiesText {
  return new Reader(text).read();
}

class Reader {
  readonly #text: string;
  #offset = 0;
  #line = 1;
  #lineStart = 0;
  readonly #entries: PropertyEntry[] = [];
  readonly #badEscapes: Position[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): PropertiesText {
    while (this.#offset < this.#text.length) {
      this.#skipBlanks();
      const char = this.#text[this.#offset];
      if (char === "#" || char === "!") this.#skipComment();
      else if (isLineEnd(char)) this.#skipLineEnd();
      // Where nothing has been read yet, a continuation begins a line like any other, so that # is a comment there.
      else if (char !== undefined && !this.#skipEmptyContinuation()) this.#readEntry();
    }
    return { entries: this.#entries, badEscapes: this.#badEscapes };
  }

  #position(): Position {
    return { offset: this.#offset, line: this.#line, column: this.#offset - this.#lineStart + 1 };
  }

  #skipBlanks(): void {
    while (isBlank(this.#text[this.#offset])) this.#offset++;
  }

  /** A comment has no continuation. */
  #skipComment(): void {
    while (this.#offset < this.#text.length && !isLineEnd(this.#text[this.#offset])) this.#offset++;
  }

  #skipLineEnd(): void {
    if (this.#text[this.#offset] === "\r" && this.#text[this.#offset + 1] === "\n") this.#offset++;
    this.#offset++;
    this.#line++;
    this.#lineStart = this.#offset;
  }

  #readEntry(): void {
    const keyAt = this.#position();
    const key = this.#readUntil((char) => isBlank(char) || char === "=" || char === ":");
    this.#skipSeparator();
    const valueAt = this.#position();
    const value = this.#readUntil(() => false);
    this.#entries.push({ key, value, keyAt, valueAt, end: this.#offset });
  }

  /** Blanks, at most one `=` or `:`, blanks; a continued line begins behind its blanks. */
  #skipSeparator(): void {
    let hasSeparator = false;
    for (;;) {
      const char = this.#text[this.#offset];
      if (isBlank(char)) this.#offset++;
      else if (!hasSeparator && (char === "=" || char === ":")) {
        hasSeparator = true;
        this.#offset++;
      } else if (!this.#skipContinuation()) return;
    }
  }

  /** A backslash at the end of a line, the line end, and the next line's leading blanks. */
  #skipContinuation(): boolean {
    if (this.#text[this.#offset] !== "\\" || !isLineEnd(this.#text[this.#offset + 1])) return false;
    this.#offset++;
    this.#skipLineEnd();
    this.#skipBlanks();
    return true;
  }

  /** To Java a backslash and one line end, and then no more text, is an empty key with an empty value. */
  #skipEmptyContinuation(): boolean {
    const end = this.#offset + 2;
    return this.#skipContinuation() && !(this.#offset === end && end === this.#text.length);
  }

  #readUntil(isEnd: (char: string) => boolean): string {
    let read = "";
    let plainFrom = this.#offset;
    for (;;) {
      const char = this.#text[this.#offset];
      if (char === undefined || isLineEnd(char) || isEnd(char)) break;
      if (char !== "\\") {
        this.#offset++;
        continue;
      }
      read += this.#text.slice(plainFrom, this.#offset);
      if (!this.#skipContinuation()) read += this.#readEscape();
      plainFrom = this.#offset;
    }
    return read + this.#text.slice(plainFrom, this.#offset);
  }

  #readEscape(): string {
    const at = this.#position();
    const char = this.#text[this.#offset + 1];
    this.#offset += char === undefined ? 1 : 2;
    if (char === undefined) return "";
    if (char !== "u") return escapes[char] ?? char;
    const digits = this.#text.slice(this.#offset, this.#offset + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
      this.#badEscapes.push(at);
      return "u";
    }
    this.#offset += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
}
