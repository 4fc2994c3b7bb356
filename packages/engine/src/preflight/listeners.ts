import { readdir, readFile, readlink } from "node:fs/promises";
import { basename } from "node:path";

export interface Listener {
  readonly port: number;
  /** Dotted or colon notation; `0.0.0.0` and `::` listen on every address. */
  readonly address: string;
  readonly inode: string;
}

const listenState = "0A";

/** TCP sockets that listen on this host, from `/proc/net/tcp` and `tcp6`; empty where there is no such file. */
export async function readListeners(): Promise<Listener[]> {
  const files = await Promise.all(
    ["/proc/net/tcp", "/proc/net/tcp6"].map((file) => readFile(file, "utf8").catch(() => "")),
  );
  return files.flatMap(parseListeners);
}

/** Reads the kernel's table: `sl local_address rem_address st … inode`, addresses as hexadecimal words. */
export function parseListeners(table: string): Listener[] {
  return table.split("\n").flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [, local, , state, , , , , , inode] = fields;
    if (state !== listenState || local === undefined || inode === undefined) return [];
    const [address, port] = local.split(":");
    if (address === undefined || port === undefined) return [];
    return [{ port: Number.parseInt(port, 16), address: readAddress(address), inode }];
  });
}

/** The kernel prints each 32-bit word in the machine's byte order, which is little-endian everywhere we run. */
function readAddress(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)),
  );
  if (bytes.length === 4) return bytes.join(".");
  if (bytes.every((byte) => byte === 0)) return "::";
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (mapped) return bytes.slice(12).join(".");
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  return groups.join(":");
}

/** Whether a listener on `listening` keeps others from binding `wanted` on the same port. */
export function collides(listening: string, wanted: string): boolean {
  const any = (address: string) => address === "0.0.0.0" || address === "::";
  return any(listening) || any(wanted) || listening === wanted;
}

/** `java (pid 4711)` of the process that holds a socket, where this user may see it. */
export async function findOwner(inode: string): Promise<string | undefined> {
  const wanted = `socket:[${inode}]`;
  const entries = await readdir("/proc").catch(() => []);
  for (const pid of entries.filter((entry) => /^\d+$/.test(entry))) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      if ((await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => "")) !== wanted) continue;
      // Not `comm`: that is the name of the main thread, which a runtime may have changed.
      const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      const name = basename(commandLine.split("\0")[0] ?? "") || "a process";
      return `${name} (pid ${pid})`;
    }
  }
  return undefined;
}
