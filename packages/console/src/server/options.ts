import { z } from "zod";
import { isAddressRange } from "./http/client-address.ts";
import { passwordHashPattern } from "./http/password.ts";
import { type NamedNode, parseNamedNode } from "./watch/node-names.ts";

/** `host:port` lists as RocketMQ writes them, `;` between; a comma is taken too. */
const addresses = z
  .string()
  .transform((text) =>
    text
      .split(/[;,]/)
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  )
  .pipe(z.array(z.string().regex(/:\d{1,5}$/, "each address needs a port, host:port")));

const list = z
  .string()
  .default("")
  .transform((text) => text.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()])));

const flag = z.enum(["true", "false"]).transform((text) => text === "true");

/** The environment of a console, in a container or out of one. Empty means not set. */
const environment = z.object({
  NAMESRV_ADDR: addresses,
  PROXY_ADDR: addresses.default([]),
  PROXY_REMOTING_ADDR: addresses.default([]),
  HOTFIRE_CONSOLE_HOST: z.string().default("127.0.0.1"),
  HOTFIRE_CONSOLE_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOTFIRE_CONSOLE_PUBLISHED: z.string().optional(),
  HOTFIRE_CONSOLE_WRITE: flag.default(false),
  HOTFIRE_CONSOLE_USER: z.string().min(1).max(200).optional(),
  HOTFIRE_CONSOLE_PASSWORD_HASH: z
    .string()
    .regex(passwordHashPattern, "not made by `hotfire console --hash-password`")
    .optional(),
  HOTFIRE_CONSOLE_NODES: list.pipe(
    z.array(
      z.string().transform((text, context) => {
        const node = parseNamedNode(text);
        if (node !== undefined) return node;
        context.addIssue(`${text} is not name=host:port`);
        return z.NEVER;
      }),
    ),
  ),
  HOTFIRE_CONSOLE_NAMESRVS: addresses.default([]),
  HOTFIRE_CONSOLE_HOSTS: list,
  HOTFIRE_CONSOLE_TRUSTED_PROXY: list.pipe(
    z.array(z.string().refine(isAddressRange, "an IP address or a range, 172.18.0.0/16")),
  ),
  HOTFIRE_CONSOLE_BASE_PATH: z
    .string()
    .default("")
    .transform((path) => path.replace(/\/+$/, ""))
    .pipe(z.string().regex(/^(\/[\w.~-]+)*$/, "a path, /mq")),
  HOTFIRE_CONSOLE_SECURE: flag.default(false),
  HOTFIRE_CONSOLE_RUNS: z.string().optional(),
  HOTFIRE_CONSOLE_PAGE: z.string().optional(),
});

export interface ConsoleOptions {
  readonly namesrvs: readonly string[];
  /** Name servers that the console may be pointed at besides, at run time; nothing else is dialled. */
  readonly otherNamesrvs: readonly string[];
  /** gRPC addresses, to see whether they take connections. */
  readonly proxies: readonly string[];
  /** Remoting addresses of proxies, to ask for their consumers; empty: port 8080 beside the gRPC ones. */
  readonly proxyRemoting: readonly string[];
  /** What people call the brokers. */
  readonly nodes: readonly NamedNode[];
  /** What the server listens on. */
  readonly host: string;
  readonly port: number;
  /** Where people reach it: in a container, the host address its port is published on. Decides whether a login is needed. */
  readonly published: string;
  readonly write: boolean;
  readonly login: { readonly user: string; readonly passwordHash: string } | undefined;
  /** Host names it answers to, besides loopback's and the published address. */
  readonly hosts: readonly string[];
  /** Addresses and ranges of the proxy in front: what it says of a request's origin is believed. */
  readonly trustedProxies: readonly string[];
  /** Where the proxy in front puts the console, `/mq`; empty: at the root. */
  readonly basePath: string;
  /** Behind TLS: cookies travel on it only. */
  readonly secure: boolean;
  /** Folder of drill runs. */
  readonly runs: string | undefined;
  /** Folder of the built page. */
  readonly page: string | undefined;
}

/** Refused options: `problems` has one line each, fit for a person. */
export class OptionsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "OptionsError";
    this.problems = problems;
  }
}

/** @throws OptionsError, with every problem at once. */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): ConsoleOptions {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== "" && value !== undefined),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new OptionsError(
      parsed.error.issues.map(({ path, message, code }) => {
        const name = String(path[0]);
        return code === "invalid_type" && given[name] === undefined
          ? `${name} is not set`
          : `${name}: ${message}`;
      }),
    );
  }
  const set = parsed.data;
  const { HOTFIRE_CONSOLE_USER: user, HOTFIRE_CONSOLE_PASSWORD_HASH: passwordHash } = set;
  if ((user === undefined) !== (passwordHash === undefined)) {
    throw new OptionsError([
      "HOTFIRE_CONSOLE_USER and HOTFIRE_CONSOLE_PASSWORD_HASH belong together: set both or neither",
    ]);
  }
  return checkSafety({
    namesrvs: set.NAMESRV_ADDR,
    nodes: set.HOTFIRE_CONSOLE_NODES,
    otherNamesrvs: set.HOTFIRE_CONSOLE_NAMESRVS,
    proxies: set.PROXY_ADDR,
    proxyRemoting: set.PROXY_REMOTING_ADDR,
    host: set.HOTFIRE_CONSOLE_HOST,
    port: set.HOTFIRE_CONSOLE_PORT,
    published: set.HOTFIRE_CONSOLE_PUBLISHED ?? set.HOTFIRE_CONSOLE_HOST,
    write: set.HOTFIRE_CONSOLE_WRITE,
    login: user === undefined || passwordHash === undefined ? undefined : { user, passwordHash },
    hosts: set.HOTFIRE_CONSOLE_HOSTS,
    trustedProxies: set.HOTFIRE_CONSOLE_TRUSTED_PROXY,
    basePath: set.HOTFIRE_CONSOLE_BASE_PATH,
    secure: set.HOTFIRE_CONSOLE_SECURE,
    runs: set.HOTFIRE_CONSOLE_RUNS,
    page: set.HOTFIRE_CONSOLE_PAGE,
  });
}

/** A console that others can reach asks who they are, or does not start. @throws OptionsError */
export function checkSafety(options: ConsoleOptions): ConsoleOptions {
  if (options.namesrvs.length === 0) throw new OptionsError(["NAMESRV_ADDR names no name server"]);
  if (isLoopback(options.published) || options.login !== undefined) return options;
  throw new OptionsError([
    `The console would be reachable at ${options.published} without a login, so it does not start.`,
    "Set HOTFIRE_CONSOLE_USER and HOTFIRE_CONSOLE_PASSWORD_HASH, or publish it on 127.0.0.1.",
    "A hash is made by `hotfire console --hash-password`, or by `docker run --rm -i hotfire/console:5.5.0 hash-password`.",
    "In a container that is published on 127.0.0.1 (-p 127.0.0.1:8080:8080), say so: HOTFIRE_CONSOLE_PUBLISHED=127.0.0.1.",
  ]);
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}
