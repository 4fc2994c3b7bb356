import { messageOf } from "@hotfire/base";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { type Access, apiBase, type Method } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import { type Audit, auditable } from "./audit.ts";
import { type EventSink, eventStream } from "./event-stream.ts";
import type { Gate } from "./login.ts";
import { SharedAnswers } from "./shared-answers.ts";

interface Row<P, Q, B, R> {
  readonly method: Method;
  readonly path: string;
  readonly access: Access;
  readonly params?: z.ZodType<P>;
  readonly query?: z.ZodType<Q>;
  readonly body?: z.ZodType<B>;
  readonly response?: z.ZodType<R>;
}

export interface Input<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly c: Context;
}

type Feed = (sink: EventSink) => () => void;

/** Binds rows of the endpoint list to what answers them: access, validation and audit are here, once. */
export class Router {
  readonly #app: Hono;
  readonly #gate: Gate;
  readonly #audit: Audit;
  readonly #isReadOnly: boolean;
  readonly #shared: { forget(): void }[] = [];

  constructor(app: Hono, gate: Gate, audit: Audit, isReadOnly: boolean) {
    this.#app = app;
    this.#gate = gate;
    this.#audit = audit;
    this.#isReadOnly = isReadOnly;
  }

  /** A read that costs RocketMQ requests: viewers who ask within `forMs` of each other share the answer. */
  shared<P, Q, R>(
    row: Row<P, Q, unknown, R>,
    forMs: number,
    answer: (input: Pick<Input<P, Q, unknown>, "params" | "query">) => R | Promise<R>,
  ): void {
    const answers = new SharedAnswers<R>(forMs);
    this.#shared.push(answers);
    this.#bind(row, async (c) => {
      const { params, query } = await this.#input(row, c);
      return c.json(await answers.get(JSON.stringify([params, query]), () => answer({ params, query })));
    });
  }

  json<P, Q, B, R>(row: Row<P, Q, B, R>, answer: (input: Input<P, Q, B>) => R | Promise<R>): void {
    this.#bind(row, async (c) => {
      const input = await this.#input(row, c);
      if (row.access !== "write") return c.json(await answer(input));
      const entry = {
        event: `${row.method} ${row.path}`,
        user: this.#gate.userOf(c) ?? null,
        address: this.#gate.addressOf(c),
        params: input.params,
        body: auditable(input.body),
      };
      try {
        const result = await answer(input);
        this.#audit.write({ ...entry, ok: true, result: auditable(result) });
        return c.json(result);
      } catch (error) {
        this.#audit.write({
          ...entry,
          ok: false,
          error: messageOf(error),
        });
        throw error;
      } finally {
        this.#forget();
      }
    });
  }

  /** For what is no JSON. */
  raw<P, Q>(
    row: Row<P, Q, unknown, unknown>,
    answer: (input: Input<P, Q, unknown>) => Response | Promise<Response>,
  ): void {
    this.#bind(row, async (c) => answer(await this.#input(row, c)));
  }

  /** Server-sent events, which end with the session that they were asked for in. `run` starts what feeds them. */
  events<P, Q>(
    row: Row<P, Q, unknown, unknown>,
    run: (input: Input<P, Q, unknown>) => Promise<Feed> | Feed,
  ): void {
    this.#bind(row, async (c) => {
      const feed = await run(await this.#input(row, c));
      return eventStream(c, feed, () => this.#gate.stillAllows(c));
    });
  }

  /** What was told before a change is not told after it. */
  #forget(): void {
    for (const answers of this.#shared) answers.forget();
  }

  #bind(
    row: { method: Method; path: string; access: Access },
    handle: (c: Context) => Promise<Response>,
  ): void {
    const path = `${apiBase}${row.path}`;
    if (row.access !== "public") this.#app.on(row.method, path, this.#gate.guard());
    this.#app.on(row.method, path, async (c) => {
      if (row.access === "write" && this.#isReadOnly) throw refuse("READ_ONLY", {});
      return handle(c);
    });
  }

  async #input<P, Q, B>(row: Row<P, Q, B, unknown>, c: Context): Promise<Input<P, Q, B>> {
    const body = row.body === undefined ? undefined : await jsonBody(c);
    return {
      params: (row.params ?? z.custom<P>()).parse(c.req.param()),
      query: (row.query ?? z.custom<Q>()).parse(c.req.query()),
      body: (row.body ?? z.custom<B>()).parse(body),
      c,
    };
  }
}

async function jsonBody(c: Context): Promise<unknown> {
  if (!/^application\/json\b/i.test(c.req.header("content-type") ?? "")) {
    throw refuse("BODY_TYPE", {});
  }
  try {
    return await c.req.json();
  } catch (cause) {
    throw refuse("BODY_NO_JSON", {}, { cause });
  }
}

/** How long a read is shared: just short of how often its view asks, so that one viewer always gets a new one. */
export function seconds(count: number): number {
  return count * 1000 - 100;
}
