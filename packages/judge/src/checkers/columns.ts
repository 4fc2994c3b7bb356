const chunkBits = 14;
const chunkSize = 1 << chunkBits;
const chunkMask = chunkSize - 1;

interface NumberArray {
  [index: number]: number;
}

/** A growing array of numbers in chunks: no copying while it grows, and gaps cost nothing. Unset cells read as 0. */
export class Column {
  readonly #make: () => NumberArray;
  readonly #chunks: (NumberArray | undefined)[] = [];
  /** Behind the last cell that was set. */
  #end = 0;

  private constructor(make: () => NumberArray) {
    this.#make = make;
  }

  static uint8(): Column {
    return new Column(() => new Uint8Array(chunkSize));
  }

  static uint16(): Column {
    return new Column(() => new Uint16Array(chunkSize));
  }

  static uint32(): Column {
    return new Column(() => new Uint32Array(chunkSize));
  }

  static float64(): Column {
    return new Column(() => new Float64Array(chunkSize));
  }

  get(index: number): number {
    return this.#chunks[index >>> chunkBits]?.[index & chunkMask] ?? 0;
  }

  set(index: number, value: number): void {
    const at = index >>> chunkBits;
    let chunk = this.#chunks[at];
    if (chunk === undefined) {
      chunk = this.#make();
      this.#chunks[at] = chunk;
    }
    chunk[index & chunkMask] = value;
    if (index >= this.#end) this.#end = index + 1;
  }

  add(index: number, value: number): void {
    this.set(index, this.get(index) + value);
  }

  /** The indices that may be set, in order: whole chunks up to the last one set, and none that was never touched. */
  *indices(): Generator<number> {
    // A sparse array's own keys, so that one far index costs nothing.
    for (const key of Object.keys(this.#chunks)) {
      const first = Number(key) << chunkBits;
      const end = Math.min(first + chunkSize, this.#end);
      for (let index = first; index < end; index += 1) yield index;
    }
  }
}

/** A growing set of small numbers, one bit each. */
export class Bits {
  readonly #bytes = Column.uint8();

  has(index: number): boolean {
    return (this.#bytes.get(index >>> 3) & (1 << (index & 7))) !== 0;
  }

  /** Says whether it was new. */
  add(index: number): boolean {
    const at = index >>> 3;
    const byte = this.#bytes.get(at);
    const bit = 1 << (index & 7);
    if ((byte & bit) !== 0) return false;
    this.#bytes.set(at, byte | bit);
    return true;
  }
}

/** Names as small numbers, from 1; 0 is "none". */
export class Names {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [""];

  number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.length;
    this.#numbers.set(name, number);
    this.#names.push(name);
    return number;
  }

  name(number: number): string {
    return this.#names[number] ?? "";
  }

  get count(): number {
    return this.#names.length - 1;
  }
}

/** Durations in logarithmic buckets, 32 to the octave: quantiles are at most 3.2 % too high. Bounded memory. */
export class Histogram {
  readonly #buckets = new Float64Array(64 * 32);
  #count = 0;
  #max = 0;

  add(value: number): void {
    const clipped = Math.max(0, value);
    this.#count += 1;
    if (clipped > this.#max) this.#max = clipped;
    const bucket = clipped < 32 ? Math.floor(clipped) : octave(clipped);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
  }

  get count(): number {
    return this.#count;
  }

  get max(): number {
    return this.#max;
  }

  /** Upper bound of the bucket in which the quantile lies; undefined when nothing was added. */
  quantile(share: number): number | undefined {
    if (this.#count === 0) return undefined;
    let left = Math.ceil(this.#count * share);
    for (let bucket = 0; bucket < this.#buckets.length; bucket += 1) {
      left -= this.#buckets[bucket] ?? 0;
      if (left <= 0) return Math.min(this.#max, upperEnd(bucket));
    }
    return this.#max;
  }
}

function octave(value: number): number {
  const power = Math.floor(Math.log2(value));
  const step = Math.min(31, Math.floor((value / 2 ** power - 1) * 32));
  return Math.min((power - 4) * 32 + step, 64 * 32 - 1);
}

function upperEnd(bucket: number): number {
  if (bucket < 32) return bucket;
  const power = Math.floor(bucket / 32) + 4;
  return Math.ceil(2 ** power * (1 + ((bucket % 32) + 1) / 32));
}
