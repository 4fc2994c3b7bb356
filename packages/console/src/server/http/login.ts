import { createHash } from "node:crypto";
import { hostname } from "node:os";
import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Login } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import type { ConsoleOptions } from "../options.ts";
import { AttemptLimit } from "./attempt-limit.ts";
import type { Audit } from "./audit.ts";
import type { ClientAddresses } from "./client-address.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { Sessions } from "./sessions.ts";

/**
 * Browsers send a cookie to every port of a host, so consoles on one host need names of their own; the same console keeps its name
 * when it starts again.
 */
export function cookieNameOf({ port, namesrvs, basePath }: ConsoleOptions): string {
  const own = createHash("sha256").update(JSON.stringify([hostname(), port, namesrvs, basePath]));
  return `hotfire-console-${own.digest("hex").slice(0, 8)}`;
}

/** One configured user, or nobody to ask for. */
export class Gate {
  readonly #login: ConsoleOptions["login"];
  readonly #secure: boolean;
  readonly #cookie: string;
  readonly #path: string;
  readonly #addresses: ClientAddresses;
  readonly #audit: Audit;
  readonly #sessions = new Sessions();
  readonly #limit = new AttemptLimit();
  /** Compared against when the name is wrong, so that names cannot be told by the time it takes. */
  readonly #decoy: Promise<string> | undefined;

  constructor(options: ConsoleOptions, audit: Audit, addresses: ClientAddresses) {
    this.#cookie = cookieNameOf(options);
    this.#path = options.basePath === "" ? "/" : options.basePath;
    this.#addresses = addresses;
    this.#login = options.login;
    this.#secure = options.secure;
    this.#audit = audit;
    this.#decoy = options.login === undefined ? undefined : hashPassword("decoy");
  }

  get isRequired(): boolean {
    return this.#login !== undefined;
  }

  userOf(c: Context): string | undefined {
    return this.#sessions.userOf(getCookie(c, this.#cookie));
  }

  addressOf(c: Context): string {
    return this.#addresses.of(c);
  }

  /** Whether what a request began may go on: its session has not ended since. A stream is no use of it. */
  stillAllows(c: Context): boolean {
    const token = getCookie(c, this.#cookie);
    return !this.isRequired || (token !== undefined && this.#sessions.lasts(token));
  }

  /** Lets pass whoever is logged in, and everybody where no login is configured. */
  guard(): MiddlewareHandler {
    return async (c, next) => {
      if (!this.isRequired || this.userOf(c) !== undefined) return next();
      throw refuse("NO_LOGIN", {});
    };
  }

  async login(c: Context, { user, password }: Login): Promise<void> {
    const login = this.#login;
    if (login === undefined) return;
    const address = this.addressOf(c);
    const waitMs = this.#limit.waitMs(address);
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      c.header("retry-after", String(seconds));
      throw refuse("WRONG_PASSWORDS", { seconds });
    }
    // Counted before it is known, so that attempts at the same time count too.
    this.#limit.failed(address);
    const isUser = user === login.user;
    const hash = isUser ? login.passwordHash : ((await this.#decoy) ?? "");
    const isRight = (await verifyPassword(password, hash)) && isUser;
    this.#audit.write({ event: "login", user: isUser ? user : "(other)", address, ok: isRight });
    if (!isRight) throw refuse("WRONG_PASSWORD", {});
    this.#limit.succeeded(address);
    this.#sessions.end(getCookie(c, this.#cookie));
    setCookie(c, this.#cookie, this.#sessions.begin(user), {
      httpOnly: true,
      sameSite: "Strict",
      path: this.#path,
      secure: this.#secure,
    });
  }

  logout(c: Context): void {
    this.#sessions.end(getCookie(c, this.#cookie));
    deleteCookie(c, this.#cookie, { path: this.#path });
  }
}
