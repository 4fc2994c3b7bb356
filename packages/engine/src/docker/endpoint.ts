import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { EngineError } from "../errors/engine-error.ts";
import { run } from "../process/run.ts";

/** Where the Docker Engine listens. */
export type Endpoint =
  | { readonly kind: "socket"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number; readonly tlsPath?: string }
  | { readonly kind: "ssh"; readonly host: string; readonly port: number; readonly user?: string };

const defaultSocket = "/var/run/docker.sock";

export function describeEndpoint(endpoint: Endpoint): string {
  if (endpoint.kind === "socket") return `unix://${endpoint.path}`;
  return `${endpoint.kind}://${endpoint.host}:${endpoint.port}`;
}

/** Parses the values that `DOCKER_HOST` and a context's host may have. */
export function parseEndpoint(text: string, tlsPath?: string): Endpoint {
  if (text.startsWith("unix://"))
    return { kind: "socket", path: text.slice("unix://".length) || defaultSocket };
  const url = URL.parse(text.includes("://") ? text : `tcp://${text}`);
  const protocol = url?.protocol;
  if (url && url.hostname !== "" && (protocol === "tcp:" || protocol === "http:" || protocol === "https:")) {
    const port = url.port === "" ? (tlsPath === undefined ? 2375 : 2376) : Number(url.port);
    return { kind: "tcp", host: url.hostname, port, ...(tlsPath === undefined ? {} : { tlsPath }) };
  }
  if (url && url.hostname !== "" && protocol === "ssh:") {
    const port = url.port === "" ? 22 : Number(url.port);
    return { kind: "ssh", host: url.hostname, port, ...(url.username === "" ? {} : { user: url.username }) };
  }
  throw new EngineError("ENGINE_UNREACHABLE", `"${text}" is not an address of a Docker Engine.`, {
    hint: "DOCKER_HOST takes unix:///path/to/docker.sock, tcp://host:port or ssh://user@host.",
  });
}

const configSchema = z.object({ currentContext: z.string().optional() });
const contextSchema = z.tuple([
  z.object({
    Endpoints: z.object({ docker: z.object({ Host: z.string() }) }),
    Storage: z.object({ TLSPath: z.string() }),
    TLSMaterial: z.record(z.string(), z.unknown()),
  }),
]);

/**
 * Finds the engine that the `docker` command would use: `DOCKER_HOST`, then `DOCKER_CONTEXT` or the current
 * context. dockerode reads only the first, and the CLI (Compose, BuildKit) must not talk to another engine.
 */
export async function findEndpoint(env: Readonly<Record<string, string | undefined>>): Promise<Endpoint> {
  const host = env["DOCKER_HOST"];
  if (host) {
    const verify = env["DOCKER_TLS_VERIFY"];
    const tls = verify ? (env["DOCKER_CERT_PATH"] ?? join(homedir(), ".docker")) : undefined;
    return parseEndpoint(host, tls);
  }
  const context = env["DOCKER_CONTEXT"] ?? (await currentContext(env));
  if (context === undefined || context === "default") return { kind: "socket", path: defaultSocket };
  const result = await run("docker", ["context", "inspect", context]).catch(() => undefined);
  const parsed = result?.code === 0 ? contextSchema.safeParse(JSON.parse(result.stdout)) : undefined;
  if (!parsed?.success) {
    throw new EngineError("ENGINE_UNREACHABLE", `Docker's current context "${context}" cannot be read.`, {
      hint: "See `docker context ls`, and choose another with `docker context use NAME`.",
    });
  }
  const [{ Endpoints, Storage, TLSMaterial }] = parsed.data;
  const tls = TLSMaterial["docker"] === undefined ? undefined : join(Storage.TLSPath, "docker");
  return parseEndpoint(Endpoints.docker.Host, tls);
}

async function currentContext(
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const folder = env["DOCKER_CONFIG"] ?? join(homedir(), ".docker");
  try {
    const config = configSchema.safeParse(JSON.parse(await readFile(join(folder, "config.json"), "utf8")));
    return config.success ? config.data.currentContext : undefined;
  } catch {
    return undefined; // No configuration, or one that is not JSON: the CLI falls back to its default too.
  }
}
