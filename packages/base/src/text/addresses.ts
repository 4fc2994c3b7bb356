const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

export function isIpv4(text: string): boolean {
  return ipv4.test(text);
}

/** Loose on purpose: enough to tell an IPv6 address from a name or `host:port`; the engine has the last word. */
export function isIpv6(text: string): boolean {
  return /^[0-9a-fA-F:.]+$/.test(text) && (text.match(/:/g)?.length ?? 0) >= 2;
}

export function isLoopback(text: string): boolean {
  return /^127\./.test(text) || text === "::1" || text.toLowerCase() === "localhost";
}

export function isWildcard(text: string): boolean {
  return text === "0.0.0.0" || text === "::";
}
