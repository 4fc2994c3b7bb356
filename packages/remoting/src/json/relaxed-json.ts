import { RemotingError } from "../errors/remoting-error.ts";

/**
 * What the parser gives. Integers beyond 2^53 are bigint, all other numbers number. An object with a key that is
 * itself an object or array becomes a Map; every other one a plain object, its keys as text.
 */
export type RelaxedJson =
  | null
  | boolean
  | number
  | bigint
  | string
  | RelaxedJson[]
  | { [key: string]: RelaxedJson }
  | Map<RelaxedJson, RelaxedJson>;

/** Nesting that no RocketMQ answer comes near (consume statistics reach 4). */
const MAX_DEPTH = 64;
/** Longer integers are no 64-bit values; reading them would take more than linear time. */
const MAX_INTEGER_DIGITS = 40;

/**
 * Parses the JSON that RocketMQ writes with fastjson: standard JSON, and object keys that are bare numbers
 * (`{0:"127.0.0.1:10911"}`) or whole objects (`{{"queueId":0,…}:{…}}`). Linear time. Throws JSON_INVALID.
 */
export function parseRelaxedJson(text: string): RelaxedJson {
  const parser = new Parser(text);
  return parser.document();
}

const numberPattern = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escapes = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);
const words = new Map<string, RelaxedJson>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): RelaxedJson {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) throw this.#unexpected("the end");
    return value;
  }

  #value(): RelaxedJson {
    this.#space();
    const char = this.#text[this.#at];
    switch (char) {
      case "{":
        return this.#nested(() => this.#object());
      case "[":
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      case "t":
      case "f":
      case "n":
        return this.#word();
      default:
        return this.#number();
    }
  }

  #nested<T>(parse: () => T): T {
    if (this.#depth === MAX_DEPTH) {
      throw new RemotingError(
        "JSON_INVALID",
        `JSON is nested more than ${MAX_DEPTH} deep at character ${this.#at}`,
      );
    }
    this.#depth += 1;
    this.#at += 1;
    const value = parse();
    this.#depth -= 1;
    return value;
  }

  #object(): RelaxedJson {
    const entries: [RelaxedJson, RelaxedJson][] = [];
    let hasObjectKey = false;
    if (!this.#accept("}")) {
      do {
        const key = this.#key();
        if (typeof key === "object") hasObjectKey = true;
        this.#expect(":");
        entries.push([key, this.#value()]);
      } while (this.#accept(","));
      this.#expect("}");
    }
    if (hasObjectKey) return new Map(entries);
    return Object.fromEntries(entries.map(([key, value]): [string, RelaxedJson] => [String(key), value]));
  }

  // A bare number stays text, so that ids beyond 2^53 keep every digit.
  #key(): RelaxedJson {
    this.#space();
    const char = this.#text.charCodeAt(this.#at);
    const isNumber = char === 0x2d || (char >= 0x30 && char <= 0x39);
    if (isNumber) return this.#numberText();
    const key = this.#value();
    return key === null || typeof key !== "object" ? String(key) : key;
  }

  #array(): RelaxedJson[] {
    const items: RelaxedJson[] = [];
    if (this.#accept("]")) return items;
    do items.push(this.#value());
    while (this.#accept(","));
    this.#expect("]");
    return items;
  }

  #string(): string {
    this.#at += 1;
    let result = "";
    let start = this.#at;
    for (;;) {
      const char = this.#text.charCodeAt(this.#at);
      if (char === 0x22) {
        result += this.#text.slice(start, this.#at);
        this.#at += 1;
        return result;
      }
      if (char === 0x5c) {
        result += this.#text.slice(start, this.#at);
        result += this.#escape();
        start = this.#at;
      } else if (Number.isNaN(char)) {
        throw this.#unexpected('"');
      } else {
        this.#at += 1;
      }
    }
  }

  #escape(): string {
    const char = this.#text[this.#at + 1];
    if (char === "u") {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#unexpected("four hexadecimal digits");
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const value = char === undefined ? undefined : escapes.get(char);
    if (value === undefined) throw this.#unexpected("an escape");
    this.#at += 2;
    return value;
  }

  #word(): RelaxedJson {
    const word = this.#text[this.#at] === "f" ? "false" : this.#text.slice(this.#at, this.#at + 4);
    const value = words.get(word);
    if (value === undefined || !this.#text.startsWith(word, this.#at)) throw this.#unexpected("a value");
    this.#at += word.length;
    return value;
  }

  #numberText(): string {
    numberPattern.lastIndex = this.#at;
    const match = numberPattern.exec(this.#text);
    if (match === null) throw this.#unexpected("a value");
    this.#at = numberPattern.lastIndex;
    return match[0];
  }

  #number(): number | bigint {
    const text = this.#numberText();
    const value = Number(text);
    if (Number.isSafeInteger(value) || !/^-?\d+$/.test(text)) return value;
    if (text.length > MAX_INTEGER_DIGITS) {
      throw new RemotingError(
        "JSON_INVALID",
        `JSON has an integer of ${text.length} digits before character ${this.#at}`,
      );
    }
    return BigInt(text);
  }

  #space(): void {
    for (;;) {
      const char = this.#text.charCodeAt(this.#at);
      if (char !== 0x20 && char !== 0x0a && char !== 0x0d && char !== 0x09) return;
      this.#at += 1;
    }
  }

  #accept(char: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #expect(char: string): void {
    if (!this.#accept(char)) throw this.#unexpected(char);
  }

  #unexpected(wanted: string): RemotingError {
    const found = this.#text.slice(this.#at, this.#at + 20);
    const what = found === "" ? "the text ends" : `there is ${JSON.stringify(found)}`;
    return new RemotingError(
      "JSON_INVALID",
      `JSON should have ${wanted} at character ${this.#at}, but ${what}`,
    );
  }
}
