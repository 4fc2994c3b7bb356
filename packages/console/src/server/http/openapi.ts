import { z } from "zod";
import {
  apiBase,
  apiErrorSchema,
  drillEventSchemas,
  type Endpoint,
  endpoints,
  eventSchemas,
} from "../../api/index.ts";

/** The endpoint list as an OpenAPI 3.1 document. */
export function openApi(version: string, basePath: string, cookie: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, endpoint] of Object.entries<Endpoint>(endpoints)) {
    const path = endpoint.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Hotfire console",
      version,
      description:
        "A RocketMQ cluster, seen and changed. Requests that are not GET need the header x-hotfire-console.",
    },
    servers: [{ url: basePath + apiBase }],
    paths,
    components: {
      schemas: {
        Error: schema(apiErrorSchema, "output"),
        ...eventComponents("Event", eventSchemas),
        ...eventComponents("DrillEvent", drillEventSchemas),
      },
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: cookie } },
    },
  };
}

function operation(name: string, endpoint: Endpoint): object {
  const { summary, access, params, query, body, response, kind } = endpoint;
  const content =
    kind === "events"
      ? { "text/event-stream": {} }
      : kind === "html"
        ? { "text/html": {} }
        : kind === "binary"
          ? { "application/octet-stream": {} }
          : { "application/json": { schema: response === undefined ? {} : schema(response, "output") } };
  return {
    operationId: name,
    summary,
    ...(access === "public" ? {} : { security: [{ session: [] }] }),
    parameters: [...parameters("path", params), ...parameters("query", query)],
    ...(body === undefined
      ? {}
      : {
          requestBody: { required: true, content: { "application/json": { schema: schema(body, "input") } } },
        }),
    responses: {
      200: { description: summary, content },
      default: {
        description: "What went wrong",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
      },
    },
  };
}

function parameters(where: "path" | "query", object: z.ZodObject | undefined): object[] {
  return Object.entries(object?.shape ?? {}).map(([name, type]) => ({
    name,
    in: where,
    required: where === "path" || !z.safeParse(z.object({ [name]: type }), {}).success,
    schema:
      z.toJSONSchema(z.object({ [name]: type }), { io: "input", unrepresentable: "any" }).properties?.[
        name
      ] ?? {},
  }));
}

function eventComponents(
  prefix: string,
  schemas: Readonly<Record<string, z.ZodType>>,
): Record<string, object> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, type]) => [`${prefix}_${name}`, schema(type, "output")]),
  );
}

function schema(type: z.ZodType, io: "input" | "output"): object {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { io, unrepresentable: "any" });
  return rest;
}
