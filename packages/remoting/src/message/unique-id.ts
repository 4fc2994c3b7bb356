import { networkInterfaces } from "node:os";
import { RemotingError } from "../errors/remoting-error.ts";
import { formatIp, parseIp } from "./ip-address.ts";

export interface UniqueId {
  readonly host: string;
  readonly processId: number;
  /** Milliseconds since the beginning of the month the id was made in, in the producer's time zone. */
  readonly monthMs: number;
  readonly counter: number;
}

/**
 * Makes unique message ids (property UNIQ_KEY) as the Java client does (MessageClientIDSetter.java): address,
 * process id, a number for the class loader (here random), milliseconds of the month, counter.
 */
export function createUniqueIds(now: () => number = Date.now): () => string {
  const prefix = Buffer.alloc(10);
  prefix.set(ownIpv4());
  prefix.writeUInt16BE(process.pid & 0xffff, 4);
  prefix.writeUInt32BE(Math.floor(Math.random() * 2 ** 32), 6);
  const fixed = prefix.toString("hex").toUpperCase();
  let month = monthOf(now());
  let counter = 0;
  return () => {
    const time = now();
    if (time >= month.end || time < month.start) month = monthOf(time);
    const ms = hex(time - month.start, 8);
    const count = hex(counter, 4);
    counter = (counter + 1) & 0xffff;
    return fixed + ms + count;
  };
}

/** Reads a unique id of the Java client, or of `createUniqueIds`. Throws MESSAGE_ID_INVALID. */
export function decodeUniqueId(id: string): UniqueId {
  if (!/^(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{56})$/.test(id)) {
    throw new RemotingError("MESSAGE_ID_INVALID", `"${id}" is no unique message id`);
  }
  const bytes = Buffer.from(id, "hex");
  const ipBytes = bytes.length - 12;
  return {
    host: formatIp(bytes.subarray(0, ipBytes)),
    processId: bytes.readUInt16BE(ipBytes),
    monthMs: bytes.readUInt32BE(ipBytes + 6),
    counter: bytes.readUInt16BE(ipBytes + 10),
  };
}

function monthOf(time: number): { start: number; end: number } {
  const date = new Date(time);
  const start = new Date(date.getFullYear(), date.getMonth(), 1).getTime();
  return { start, end: new Date(date.getFullYear(), date.getMonth() + 1, 1).getTime() };
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}

function ownIpv4(): Uint8Array {
  for (const addresses of Object.values(networkInterfaces())) {
    for (const address of addresses ?? []) {
      if (address.internal || address.family !== "IPv4") continue;
      const bytes = parseIp(address.address);
      if (bytes !== undefined) return bytes;
    }
  }
  return Uint8Array.of(127, 0, 0, 1);
}
