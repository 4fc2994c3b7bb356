import {
  apiBase,
  apiErrorSchema,
  csrfHeader,
  type EndpointName,
  type Endpoints,
  endpoints,
} from "@hotfire/console/api";
import type { z } from "zod";

/** What the server refused, or why it could not be asked; `status` 0: no answer. */
export class ApiFailure extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly status: number;

  constructor(code: string, message: string, status: number, hint?: string) {
    super(message);
    this.name = "ApiFailure";
    this.code = code;
    this.status = status;
    this.hint = hint;
  }
}

/** Where the console is, from the page's `<base>`: empty at the root. */
export const basePath: string =
  typeof document === "undefined" ? "" : new URL(document.baseURI).pathname.replace(/\/$/, "");

type Of<N extends EndpointName> = Endpoints[N];
type Part<N extends EndpointName, K extends string> =
  Of<N> extends Record<K, z.ZodType>
    ? { readonly [P in K]: z.input<Of<N>[K]> }
    : { readonly [P in K]?: never };
type Query<N extends EndpointName> =
  Of<N> extends { query: z.ZodObject } ? { readonly query: QueryValues } : { readonly query?: never };
type QueryValues = Readonly<Record<string, string | number | undefined>>;

/** What a request needs, as its row of the endpoint list says. */
export type Input<N extends EndpointName> = Part<N, "params"> & Query<N> & Part<N, "body">;
export type Output<N extends EndpointName> =
  Of<N> extends { response: infer R extends z.ZodType } ? z.output<R> : never;

interface AnyInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: QueryValues;
  readonly body?: unknown;
}

export function urlOf(
  name: EndpointName,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const path = endpoints[name].path.replace(/:(\w+)/g, (_, key: string) =>
    encodeURIComponent(params[key] ?? ""),
  );
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value));
  const text = search.toString();
  return `${basePath}${apiBase}${path}${text === "" ? "" : `?${text}`}`;
}

/** Asks the console's server. The answer is checked against the contract: another shape is an error, not a blank page. */
export function api<N extends EndpointName>(
  name: N,
  input: Input<N>,
  signal?: AbortSignal,
): Promise<Output<N>>;
export async function api(
  name: EndpointName,
  { params, query, body }: AnyInput,
  signal?: AbortSignal,
): Promise<unknown> {
  const endpoint = endpoints[name];
  const response = await fetch(urlOf(name, params, query), {
    method: endpoint.method,
    credentials: "same-origin",
    headers: {
      accept: "application/json",
      ...(endpoint.method === "GET" ? {} : { [csrfHeader]: "1" }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiFailure("NO_ANSWER", "The console's server does not answer.", 0);
  });
  const json: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw failureOf(json, response.status);
  const result = "response" in endpoint ? endpoint.response.safeParse(json) : undefined;
  if (result?.success) return result.data;
  throw new ApiFailure(
    "UNEXPECTED_ANSWER",
    "The server's answer has another shape than this page expects.",
    200,
  );
}

function failureOf(json: unknown, status: number): ApiFailure {
  const told = apiErrorSchema.safeParse(json);
  if (told.success) return new ApiFailure(told.data.code, told.data.message, status, told.data.hint);
  return new ApiFailure("UNEXPECTED_ANSWER", `The server answered with status ${status}.`, status);
}
