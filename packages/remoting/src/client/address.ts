import { RemotingError } from "../errors/remoting-error.ts";

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** Splits `host:port`; the host may be a name, an IPv4 address, or an IPv6 address with or without brackets. */
export function parseAddress(address: string): HostAndPort {
  const colon = address.lastIndexOf(":");
  const bare = address.slice(0, Math.max(colon, 0));
  const host = bare.startsWith("[") && bare.endsWith("]") ? bare.slice(1, -1) : bare;
  const portText = address.slice(colon + 1);
  const port = Number(portText);
  if (host === "" || !/^\d{1,5}$/.test(portText) || port < 1 || port > 65_535) {
    throw new RemotingError("ADDRESS_INVALID", `"${address}" is not an address`, {
      hint: "Write host:port, for example 127.0.0.1:9876",
      address,
    });
  }
  return { host, port };
}
