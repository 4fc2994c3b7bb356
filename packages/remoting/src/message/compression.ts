import * as zlib from "node:zlib";
import { RemotingError } from "../errors/remoting-error.ts";

const COMPRESSED = 1;
const TYPE_SHIFT = 8;
const TYPE_MASK = 7;
/** Larger than any message a broker takes (maxMessageSize is 4 MiB by default), and a bound for zip bombs. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** CompressionType.java; 0 is what clients before 5.0 write, and means zlib. */
const algorithms = ["zlib", "lz4", "zstd", "zlib"] as const;

export function isCompressed(sysFlag: number): boolean {
  return (sysFlag & COMPRESSED) !== 0;
}

/** As the Java client does with bodies of 4 KiB and more: zlib, level 5 (DefaultMQProducerImpl.tryToCompressMessage). */
export function compressBody(body: Uint8Array): Buffer {
  return zlib.deflateSync(body, { level: 5 });
}

/** Decompresses a body as its system flag says. Throws COMPRESSION_UNSUPPORTED or MESSAGE_INVALID. */
export function decompressBody(body: Buffer, sysFlag: number, maxBytes: number): Buffer {
  const type = (sysFlag >> TYPE_SHIFT) & TYPE_MASK;
  const algorithm = algorithms[type];
  const options = { maxOutputLength: Math.max(1, maxBytes) };
  try {
    if (algorithm === "zlib") return zlib.inflateSync(body, options);
    // Node.js has zstd from 22.15 and 23.8.
    if (algorithm === "zstd" && typeof zlib.zstdDecompressSync === "function") {
      return zlib.zstdDecompressSync(body, options);
    }
  } catch (cause) {
    throw new RemotingError("MESSAGE_INVALID", `A ${algorithm} message body cannot be decompressed`, {
      cause,
    });
  }
  throw new RemotingError(
    "COMPRESSION_UNSUPPORTED",
    `A message body is compressed with ${algorithm ?? `type ${type}`}`,
    {
      hint: "Read the message without its body, or let the producer compress with ZLIB",
    },
  );
}
