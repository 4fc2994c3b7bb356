/**
 * The CRC-32 of a drill's message body, without making the body: what a producer sends follows from the sequence alone
 * (`workload/message.ts` builds it, a test holds the two together). A CRC is linear: that of the whole is that of the six bytes of
 * the sequence, moved on by the rest's length, plus that of the rest, of which there are only as many as the pattern has bytes.
 */
export const patternBytes = 65_536;
/** The number of a message, at the head of its body: a shorter body does not tell whose it is. */
export const numberBytes = 6;
const stride = 7919;

/** Where in the pattern a message's body begins. */
export function patternStart(sequence: number): number {
  return (sequence * stride) % patternBytes;
}

/** Pseudo-random bytes, the same in every run: what compresses is no honest load. */
function makePattern(): Uint8Array {
  const bytes = new Uint8Array(patternBytes);
  let state = 0x9e3779b9;
  for (let at = 0; at < patternBytes; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state & 255;
  }
  return bytes;
}

/** What every body is cut from. */
export const pattern: Uint8Array = makePattern();

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb88320;
  return value >>> 0;
});

function step(state: number, byte: number): number {
  return ((state >>> 8) ^ (table[(state ^ byte) & 255] ?? 0)) >>> 0;
}

export class BodyCrc {
  readonly #bytes: number;
  /** What each byte of the state becomes when the rest is moved over. */
  readonly #moved = new Uint32Array(4 * 256);
  /** Of the rest, by its begin in the pattern; made when it is first asked for. */
  readonly #rests = new Uint32Array(patternBytes);
  readonly #isKnown = new Uint8Array(patternBytes);

  /** `bytes`: length of every body. */
  constructor(bytes: number) {
    this.#bytes = bytes;
    const rest = Math.max(0, bytes - numberBytes);
    const bits = Uint32Array.from({ length: 32 }, (_, bit) => {
      let state = (1 << bit) >>> 0;
      for (let at = 0; at < rest; at += 1) state = step(state, 0);
      return state;
    });
    for (let place = 0; place < 4; place += 1) {
      for (let byte = 0; byte < 256; byte += 1) {
        let state = 0;
        for (let bit = 0; bit < 8; bit += 1) {
          if ((byte & (1 << bit)) !== 0) state ^= bits[place * 8 + bit] ?? 0;
        }
        this.#moved[place * 256 + byte] = state >>> 0;
      }
    }
  }

  of(sequence: number): number {
    if (this.#bytes < numberBytes) return this.#short(sequence);
    let state = 0xffffffff;
    const high = Math.floor(sequence / 4294967296);
    for (const byte of [high >>> 8, high, sequence >>> 24, sequence >>> 16, sequence >>> 8, sequence]) {
      state = step(state, byte & 255);
    }
    const moved = this.#moved;
    state =
      (moved[state & 255] ?? 0) ^
      (moved[256 + ((state >>> 8) & 255)] ?? 0) ^
      (moved[512 + ((state >>> 16) & 255)] ?? 0) ^
      (moved[768 + (state >>> 24)] ?? 0);
    return (state ^ this.#rest((patternStart(sequence) + numberBytes) % patternBytes) ^ 0xffffffff) >>> 0;
  }

  /** Too short for a whole sequence: only its last byte. */
  #short(sequence: number): number {
    let state = 0xffffffff;
    for (let at = 0; at < this.#bytes; at += 1) {
      state = step(state, at === 0 ? sequence & 255 : this.#patternAt(patternStart(sequence) + at));
    }
    return (state ^ 0xffffffff) >>> 0;
  }

  #rest(from: number): number {
    if (this.#isKnown[from] === 1) return this.#rests[from] ?? 0;
    let state = 0;
    for (let at = 0; at < this.#bytes - numberBytes; at += 1) state = step(state, this.#patternAt(from + at));
    this.#isKnown[from] = 1;
    this.#rests[from] = state;
    return state;
  }

  #patternAt(at: number): number {
    return pattern[at % patternBytes] ?? 0;
  }
}

/** A run has one length, or two. */
const mostLengths = 8;
const known = new Map<number, BodyCrc>();

/** The same object for the same length: what was worked out once serves every judge of this process. */
export function bodyCrcFor(bytes: number): BodyCrc {
  const found = known.get(bytes);
  if (found !== undefined) return found;
  if (known.size === mostLengths) known.clear();
  const made = new BodyCrc(bytes);
  known.set(bytes, made);
  return made;
}
