import type { MiddlewareHandler } from "hono";
import { csrfHeader } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import { type ConsoleOptions, isLoopback } from "../options.ts";
import type { ClientAddresses } from "./client-address.ts";

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** A report brings its own scripts and styles inline: it runs in an origin of its own and reaches nothing. */
export const reportSecurityPolicy: string = [
  "sandbox allow-scripts",
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "frame-ancestors 'self'",
].join("; ");

export function securityHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    if (!headers.has("content-security-policy")) {
      headers.set("content-security-policy", contentSecurityPolicy);
      headers.set("x-frame-options", "DENY");
    }
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-opener-policy", "same-origin");
    headers.set("cross-origin-resource-policy", "same-origin");
    headers.set("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  };
}

/** Refuses names that are not ours: a site whose name suddenly leads here (DNS rebinding) gets nothing. */
export function hostCheck(
  { hosts, published }: ConsoleOptions,
  addresses: ClientAddresses,
): MiddlewareHandler {
  const known = new Set([...hosts, published].map((name) => name.toLowerCase()));
  return async (c, next) => {
    const host = hostnameOf(addresses.hostOf(c));
    if (host !== undefined && (isLoopback(host) || known.has(host) || isReachableLiteral(host, published))) {
      return next();
    }
    throw refuse("OTHER_HOST", { host: host ?? "(none)" });
  };
}

/** An address cannot be rebound, and a console that is published everywhere has many. */
function isReachableLiteral(host: string, published: string): boolean {
  return !isLoopback(published) && (/^\d{1,3}(\.\d{1,3}){3}$/.test(host) || /^\[[0-9a-f:.]+\]$/.test(host));
}

export function hostnameOf(header: string | undefined): string | undefined {
  if (header === undefined || !/^(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?$/.test(header)) return undefined;
  return header.replace(/:\d{1,5}$/, "").toLowerCase();
}

/** What changes something has to come from our own page: another site can neither set the header nor read the refusal. */
export function originCheck(addresses: ClientAddresses): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    const origin = c.req.header("origin");
    const site = c.req.header("sec-fetch-site");
    const isOurs =
      c.req.header(csrfHeader) !== undefined &&
      (origin === undefined || sameHost(origin, addresses.hostOf(c))) &&
      (site === undefined || site === "same-origin" || site === "none");
    if (isOurs) return next();
    throw refuse("OTHER_ORIGIN", { header: csrfHeader });
  };
}

function sameHost(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
