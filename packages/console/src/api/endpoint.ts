import type { z } from "zod";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/**
 * `public`: without a session. `read`: with one, where a login is configured. `write`: also refused (READ_ONLY) while the
 * console is read-only, and written to the audit log.
 */
export type Access = "public" | "read" | "write";

/** One row of the API: server, OpenAPI document and page's client are made of it. */
export interface Endpoint {
  readonly method: Method;
  /** Below `/api/v1`, with `:name` parameters. Clients encode them with encodeURIComponent. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Left out: `kind` says what comes instead of JSON. */
  readonly response?: z.ZodType;
  readonly kind: "json" | "events" | "html" | "binary";
}

/** What a handler gets and gives for one row. */
export type InputOf<E extends Endpoint> = {
  params: E["params"] extends z.ZodType ? z.output<E["params"]> : Record<string, never>;
  query: E["query"] extends z.ZodType ? z.output<E["query"]> : Record<string, never>;
  body: E["body"] extends z.ZodType ? z.output<E["body"]> : undefined;
};
export type OutputOf<E extends Endpoint> = E["response"] extends z.ZodType
  ? z.output<E["response"]>
  : undefined;
