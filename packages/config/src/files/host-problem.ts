import { isIpv4, isWildcard } from "@hotfire/base";

/** Letters of other scripts arrive as the bytes of their UTF-8: ： ； ， and the like begin with \xef\xbc or \xe3\x80. */
export const fullWidth = /\xef\xbc[\x80-\xbf]|\xe3\x80[\x80-\xbf]/;
/** What templates and articles write where an address belongs. A container's name in capitals is no host name either. */
const placeholders: readonly RegExp[] = [
  /^[<{(].*[>})]$/,
  /(?:^|[^a-z])(?:your|todo|fixme|(?:change|replace)[-_ ]?(?:me|it|this))(?:[^a-z]|$)/i,
  /^(?=.*[x*])(?:\d{1,3}|x{1,3}|\*)(?:\.(?:\d{1,3}|x{1,3}|\*)){3}$/i,
  /^x{2,}$/i,
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
  /^(?:IP|HOST|HOSTNAME|HOSTIP|ADDRESS)$/,
];
const name =
  /^[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?$/;

/** Why a text is not one host that can be dialled, as a phrase after it; undefined if it is one. */
export function hostProblem(host: string): string | undefined {
  if (host === "") return "is empty";
  if (/\$\{|\$\(|\$[A-Za-z_]|\{\{|%[A-Za-z_]+%/.test(host)) return "is a variable, and RocketMQ expands none";
  if (fullWidth.test(host)) return "holds full-width punctuation";
  if (/["'`]/.test(host)) return "holds quotes, which become part of it";
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(host)) return "holds a scheme, and a host belongs here";
  if (placeholders.some((pattern) => pattern.test(host))) return "is a placeholder";
  if (/\s/.test(host)) return "holds a blank";
  if (/[,;]/.test(host)) return "is a list, and one host belongs here";
  if (isWildcard(host) || host === "[::]")
    return "is every address of the host itself, and nothing that others can dial";
  if (isIpv6Text(host)) return undefined;
  if (/^[^:]+:\d+$/.test(host)) return "holds a port, and only the host belongs here";
  if (/^[\d.]+$/.test(host)) return isIpv4(host) ? undefined : "is no IPv4 address";
  return name.test(host) ? undefined : "is no host name";
}

/** An IPv6 address, in brackets or without. */
export function isIpv6Text(host: string): boolean {
  const inside = /^\[(.*)\]$/.exec(host)?.[1] ?? host;
  return /^[0-9a-fA-F:.]+(?:%\w+)?$/.test(inside) && (inside.match(/:/g)?.length ?? 0) >= 2;
}

/** Why a text is not host:port; undefined if it is. IPv6 stands in brackets. */
export function hostPortProblem(text: string): string | undefined {
  if (fullWidth.test(text)) return "holds full-width punctuation";
  if (/["'`]/.test(text)) return "holds quotes, which become part of it";
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return "holds a scheme; write host:port";
  const [, host, port] = /^(.*):(\d+)$/.exec(text) ?? [];
  if (host === undefined || port === undefined) {
    const why = hostProblem(text);
    return why === undefined || why.includes("no host name") ? "is not host:port" : why;
  }
  if (host.includes(":") && !host.startsWith("[")) {
    // host:port:port, or IPv6 whose last group looks like a port.
    return isIpv6Text(host) ? `is IPv6 without brackets: write [${host}]:${port}` : "is not host:port";
  }
  if (Number(port) < 1 || Number(port) > 65_535) return `has the port ${port}, and ports end at 65535`;
  return hostProblem(host);
}
