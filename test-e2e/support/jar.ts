import { inflateRawSync } from "node:zlib";

const centralHeader = 0x02014b50;
const deflated = 8;

/** One file of a jar, unpacked. */
export function fileOfJar(jar: Buffer, name: string): Buffer {
  for (let at = jar.indexOf("PK\x01\x02"); at >= 0; at = jar.indexOf("PK\x01\x02", at + 4)) {
    if (jar.readUInt32LE(at) !== centralHeader) continue;
    const nameLength = jar.readUInt16LE(at + 28);
    if (jar.toString("utf8", at + 46, at + 46 + nameLength) !== name) continue;
    const local = jar.readUInt32LE(at + 42);
    const begin = local + 30 + jar.readUInt16LE(local + 26) + jar.readUInt16LE(local + 28);
    const packed = jar.subarray(begin, begin + jar.readUInt32LE(at + 20));
    return jar.readUInt16LE(at + 10) === deflated ? inflateRawSync(packed) : packed;
  }
  throw new Error(`the jar has no ${name}`);
}
