/**
 * Keeps at most `cap` of any number of items, the same ones for the same input: those with the smallest hash of
 * their index. Uniform and deterministic.
 */
export class Sample<T> {
  readonly #cap: number;
  readonly #items: { hash: number; index: number; item: T }[] = [];
  #limit = 4294967296;
  #total = 0;

  constructor(cap: number) {
    this.#cap = cap;
  }

  add(item: T): void {
    const index = this.#total;
    this.#total += 1;
    const hash = scatter(index);
    if (hash >= this.#limit) return;
    this.#items.push({ hash, index, item });
    if (this.#items.length > this.#cap * 2) this.#trim();
  }

  get total(): number {
    return this.#total;
  }

  /** How many `items()` returns. */
  get kept(): number {
    return Math.min(this.#items.length, this.#cap);
  }

  /** In the order in which they were added; with `max`, at most so many. */
  items(max = this.#cap): T[] {
    if (this.#items.length > Math.min(max, this.#cap)) this.#trim(Math.min(max, this.#cap));
    return this.#items.toSorted((a, b) => a.index - b.index).map(({ item }) => item);
  }

  #trim(length = this.#cap): void {
    this.#items.sort((a, b) => a.hash - b.hash);
    const [cut] = this.#items.splice(length);
    if (cut !== undefined) this.#limit = cut.hash;
  }
}

/** A bijection on 32 bits (murmur3's finaliser), so that no two indexes share a hash. */
function scatter(index: number): number {
  let hash = index >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
