import { createHash, randomBytes } from "node:crypto";

const idleMs = 8 * 60 * 60 * 1000;
const maxAgeMs = 24 * 60 * 60 * 1000;
const capacity = 1000;

interface Session {
  readonly user: string;
  readonly begunAt: number;
  usedAt: number;
}

/** Who is logged in: random tokens, kept as hashes and in memory only, so a restart logs everybody out. */
export class Sessions {
  readonly #byHash = new Map<string, Session>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  begin(user: string): string {
    const token = randomBytes(32).toString("base64url");
    const now = this.#now();
    if (this.#byHash.size >= capacity) {
      const [oldest] = this.#byHash.keys();
      if (oldest !== undefined) this.#byHash.delete(oldest);
    }
    this.#byHash.set(hashOf(token), { user, begunAt: now, usedAt: now });
    return token;
  }

  /** The user behind a token, while the session lasts. */
  userOf(token: string | undefined): string | undefined {
    if (token === undefined) return undefined;
    const hash = hashOf(token);
    const session = this.#byHash.get(hash);
    if (session === undefined) return undefined;
    const now = this.#now();
    if (isOver(session, now)) {
      this.#byHash.delete(hash);
      return undefined;
    }
    session.usedAt = now;
    return session.user;
  }

  /** Whether a session lasts, without using it. */
  lasts(token: string): boolean {
    const session = this.#byHash.get(hashOf(token));
    return session !== undefined && !isOver(session, this.#now());
  }

  end(token: string | undefined): void {
    if (token !== undefined) this.#byHash.delete(hashOf(token));
  }
}

function isOver({ usedAt, begunAt }: Session, now: number): boolean {
  return now - usedAt > idleMs || now - begunAt > maxAgeMs;
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
