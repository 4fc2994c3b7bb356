import type { z } from "zod";
import { apiBase, type EndpointName, type Endpoints, endpoints } from "./endpoints.ts";

type Of<N extends EndpointName> = Endpoints[N];
type Part<N extends EndpointName, K extends string> =
  Of<N> extends Record<K, z.ZodType>
    ? { readonly [P in K]: z.input<Of<N>[K]> }
    : { readonly [P in K]?: never };
type Query<N extends EndpointName> =
  Of<N> extends { query: z.ZodObject } ? { readonly query: QueryValues } : { readonly query?: never };
export type QueryValues = Readonly<Record<string, string | number | undefined>>;

/** What a request needs, as its row of the endpoint list says. */
export type Input<N extends EndpointName> = Part<N, "params"> & Query<N> & Part<N, "body">;
export type Output<N extends EndpointName> =
  Of<N> extends { response: infer R extends z.ZodType } ? z.output<R> : never;

export interface AnyInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: QueryValues;
  readonly body?: unknown;
}

/** Path and query of a request, `/api/v1/topics/orders`. */
export function pathOf(
  name: EndpointName,
  params: Readonly<Record<string, string>> = {},
  query: QueryValues = {},
): string {
  const path = endpoints[name].path.replace(/:(\w+)/g, (_, key: string) =>
    encodeURIComponent(params[key] ?? ""),
  );
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value));
  const text = search.toString();
  return `${apiBase}${path}${text === "" ? "" : `?${text}`}`;
}
