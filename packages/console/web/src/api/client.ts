import {
  type AnyInput,
  type ApiError,
  apiErrorSchema,
  csrfHeader,
  type EndpointName,
  endpoints,
  type Input,
  type Output,
  pathOf,
  type QueryValues,
} from "@hotfire/console/api";

/** What the server refused, or why it could not be asked; `status` 0: no answer. */
export class ApiFailure extends Error {
  readonly code: string;
  readonly status: number;
  readonly hint: string | undefined;
  readonly reason: string | undefined;
  readonly values: NonNullable<ApiError["values"]>;

  constructor({ code, message, hint, reason, values = {} }: ApiError, status: number) {
    super(message);
    this.name = "ApiFailure";
    this.code = code;
    this.status = status;
    this.hint = hint;
    this.reason = reason;
    this.values = values;
  }
}

/** Where the console is, from the page's `<base>`: empty at the root. */
export const basePath: string =
  typeof document === "undefined" ? "" : new URL(document.baseURI).pathname.replace(/\/$/, "");

/** The address of a row of the API, where the console is. */
export function urlOf(
  name: EndpointName,
  params: Readonly<Record<string, string>> = {},
  query: QueryValues = {},
): string {
  return basePath + pathOf(name, params, query);
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
    throw new ApiFailure({ code: "NO_ANSWER", message: "" }, 0);
  });
  const json: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw failureOf(json, response.status);
  const result = "response" in endpoint ? endpoint.response.safeParse(json) : undefined;
  if (result?.success) return result.data;
  throw unexpected("Another shape than the API's contract.", 200);
}

function failureOf(json: unknown, status: number): ApiFailure {
  const told = apiErrorSchema.safeParse(json);
  return told.success
    ? new ApiFailure(told.data, status)
    : unexpected(`The server answered with status ${status}.`, status);
}

function unexpected(message: string, status: number): ApiFailure {
  return new ApiFailure({ code: "UNEXPECTED_ANSWER", message }, status);
}
