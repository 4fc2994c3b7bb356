import { RemotingError } from "../errors/remoting-error.ts";
import { formatHostPort, formatIp, parseIp } from "./ip-address.ts";

/** What an offset message id says: which broker stored the message, and where in its commit log. */
export interface OffsetMessageId {
  readonly host: string;
  readonly port: number;
  /** The broker's address, as `viewMessage` takes it. */
  readonly address: string;
  readonly commitLogOffset: number;
}

/** Reads the id a broker answers a send with: 32 hexadecimal digits, or 56 with an IPv6 address. */
export function decodeMessageId(id: string): OffsetMessageId {
  if (!/^(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{56})$/.test(id)) throw notAnId(id);
  const bytes = Buffer.from(id, "hex");
  const ipBytes = bytes.length - 12;
  const port = bytes.readInt32BE(ipBytes);
  const commitLogOffset = Number(bytes.readBigInt64BE(ipBytes + 4));
  // A unique id of the Java client has as many digits, but its port and offset make no sense.
  if (port < 0 || port > 65_535 || commitLogOffset < 0 || !Number.isSafeInteger(commitLogOffset))
    throw notAnId(id);
  const host = formatIp(bytes.subarray(0, ipBytes));
  return { host, port, address: formatHostPort(host, port), commitLogOffset };
}

/** Writes an offset message id, in upper case as RocketMQ does. Throws MESSAGE_ID_INVALID for a host name. */
export function encodeMessageId(id: {
  readonly host: string;
  readonly port: number;
  readonly commitLogOffset: number;
}): string {
  const ip = parseIp(id.host);
  if (ip === undefined) throw new RemotingError("MESSAGE_ID_INVALID", `"${id.host}" is no IP address`);
  const bytes = Buffer.alloc(ip.length + 12);
  bytes.set(ip);
  bytes.writeInt32BE(id.port, ip.length);
  bytes.writeBigInt64BE(BigInt(id.commitLogOffset), ip.length + 4);
  return bytes.toString("hex").toUpperCase();
}

function notAnId(id: string): RemotingError {
  return new RemotingError("MESSAGE_ID_INVALID", `"${id}" is no offset message id`, {
    hint: "It is what a broker answers a send with; a unique id (property UNIQ_KEY) is found with queryMessages",
  });
}
