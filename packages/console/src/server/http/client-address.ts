import { BlockList, isIP } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/** `10.0.0.5`, `10.0.0.0/8`, `fd00::/8` */
export function isAddressRange(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/**
 * Where requests come from. Of X-Forwarded-For only the last entry counts, which the proxy in front of the console has written, and
 * only from addresses that the operator named as that proxy: everything before it a client can make up.
 */
export class ClientAddresses {
  readonly #trusted = new BlockList();

  constructor(trusted: readonly string[]) {
    for (const range of trusted) {
      const [address = "", bits] = range.split("/");
      const family = isIP(address) === 4 ? "ipv4" : "ipv6";
      if (bits === undefined) this.#trusted.addAddress(address, family);
      else this.#trusted.addSubnet(address, Number(bits), family);
    }
  }

  of(c: Context): string {
    const peer = peerOf(c);
    if (!this.isProxy(peer)) return peer;
    const last = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
    const forwarded = bare(last);
    return isIP(forwarded) === 0 ? peer : forwarded;
  }

  /** The name that the browser asked for: the proxy in front may have put its own in `Host`. */
  hostOf(c: Context): string | undefined {
    const forwarded = this.isProxy(peerOf(c))
      ? c.req.header("x-forwarded-host")?.split(",").at(-1)?.trim()
      : undefined;
    return forwarded === undefined || forwarded === "" ? c.req.header("host") : forwarded;
  }

  isProxy(address: string): boolean {
    const family = isIP(address);
    return family !== 0 && this.#trusted.check(address, family === 4 ? "ipv4" : "ipv6");
  }
}

function peerOf(c: Context): string {
  return bare(getConnInfo(c).remote.address ?? "unknown");
}

/** Without a port, brackets, and the prefix of an IPv4 peer on an IPv6 socket. */
function bare(address: string): string {
  const [, host = address] =
    /^\[([^\]]+)\](?::\d+)?$/.exec(address) ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(address) ?? [];
  return host.replace(/^::ffff:(?=\d+\.)/, "");
}
