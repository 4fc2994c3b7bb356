import { messageOf } from "@hotfire/base";
import { errors, Pool } from "undici";
import {
  type AnyInput,
  apiErrorSchema,
  csrfHeader,
  type EndpointName,
  endpoints,
  type Input,
  type Output,
  pathOf,
} from "../api/index.ts";

/** Why a console could not be asked, or what it refused with. */
export const consoleFailures = {
  NO_ANSWER: "nothing answers there",
  DEADLINE_PASSED: "it did not answer in time",
  REFUSED: "it answered with a refusal: `refusal` has its code",
  UNEXPECTED_ANSWER: "it answered with another shape than the API has",
} as const;
export type ConsoleFailureCode = keyof typeof consoleFailures;

export class ConsoleFailure extends Error {
  readonly code: ConsoleFailureCode;
  /** HTTP status; 0: no answer. */
  readonly status: number;
  /** Of REFUSED: the API's code, such as READ_ONLY. */
  readonly refusal: string | undefined;

  constructor(
    code: ConsoleFailureCode,
    message: string,
    details: { readonly status?: number; readonly refusal?: string; readonly cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "ConsoleFailure";
    this.code = code;
    this.status = details.status ?? 0;
    this.refusal = details.refusal;
  }
}

/** An answer as it is. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface ConsoleClientOptions {
  /** How long an answer may take, connecting included. Default 5,000 ms. */
  readonly deadlineMs?: number;
  /** Of the session, where a login is asked for. */
  readonly cookie?: string;
}

/** Asks a console, by its API, over a pool of connections. Close it with `await using`. */
export class ConsoleClient implements AsyncDisposable {
  readonly #pool: Pool;
  readonly #base: string;
  readonly #deadlineMs: number;
  readonly #cookie: string | undefined;

  /** `url` as `hotfire console` prints it; a path is where a proxy in front has put it. */
  constructor(url: string, { deadlineMs = 5000, cookie }: ConsoleClientOptions = {}) {
    const { origin, pathname } = new URL(url);
    this.#pool = new Pool(origin, { connections: 4, connect: { timeout: deadlineMs } });
    this.#base = pathname.replace(/\/$/, "");
    this.#deadlineMs = deadlineMs;
    this.#cookie = cookie;
  }

  /** A row of the API; the answer is checked against the contract. @throws ConsoleFailure */
  ask<N extends EndpointName>(name: N, input: Input<N>): Promise<Output<N>>;
  async ask(name: EndpointName, { params, query, body }: AnyInput): Promise<unknown> {
    const endpoint = endpoints[name];
    const { status, text } = await this.raw(endpoint.method, pathOf(name, params, query), body);
    if (status >= 400) throw refusalOf(status, text);
    const parsed = "response" in endpoint ? endpoint.response.safeParse(jsonOf(text)) : undefined;
    if (parsed?.success === true) return parsed.data;
    throw new ConsoleFailure("UNEXPECTED_ANSWER", `${endpoint.path} was answered with another shape.`, {
      status,
      cause: parsed?.error,
    });
  }

  /** Whatever is at a path below the console's address, whatever its status. @throws ConsoleFailure NO_ANSWER, DEADLINE_PASSED */
  async raw(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<RawAnswer> {
    try {
      const answer = await this.#pool.request({
        method,
        path: this.#base + path,
        headers: {
          [csrfHeader]: "1",
          ...(this.#cookie === undefined ? {} : { cookie: this.#cookie }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(this.#deadlineMs),
      });
      return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
    } catch (cause) {
      throw failureOf(cause, this.#deadlineMs);
    }
  }

  /** Whether its server answers, which needs no session. */
  async isAlive(): Promise<boolean> {
    const answer = await this.raw("GET", "/healthz").catch(() => undefined);
    return answer?.status === 200;
  }

  /** Holds the stream of events open, as a viewer does, and throws its events away; the returned function lets go. */
  async watch(): Promise<() => Promise<void>> {
    const path = this.#base + pathOf("events");
    const { body } = await this.#pool.request({ method: "GET", path, bodyTimeout: 0 });
    body.on("error", () => {});
    body.resume();
    return async () => {
      body.destroy();
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.destroy();
  }
}

function failureOf(cause: unknown, deadlineMs: number): ConsoleFailure {
  const isLate =
    (cause instanceof Error && cause.name === "TimeoutError") || cause instanceof errors.ConnectTimeoutError;
  if (isLate)
    return new ConsoleFailure("DEADLINE_PASSED", `The console did not answer within ${deadlineMs} ms.`, {
      cause,
    });
  const reason = messageOf(cause);
  return new ConsoleFailure("NO_ANSWER", `The console does not answer: ${reason}`, { cause });
}

function refusalOf(status: number, text: string): ConsoleFailure {
  const told = apiErrorSchema.safeParse(jsonOf(text));
  return told.success
    ? new ConsoleFailure("REFUSED", told.data.message, { status, refusal: told.data.code })
    : new ConsoleFailure("UNEXPECTED_ANSWER", `The console answered with status ${status}.`, { status });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
