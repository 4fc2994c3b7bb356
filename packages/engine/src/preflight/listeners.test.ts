import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { collides, findOwner, parseListeners, readListeners } from "./listeners.ts";

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:2694 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 22001 1 0 100 0 0 10 0
   1: 00000000:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 22002 1 0 100 0 0 10 0
   2: 0100007F:2694 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 22003 1 0 20 4 30 10 -1`;
const table6 = `  sl  local_address                         remote_address                        st
   0: 00000000000000000000000000000000:2694 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 33001 1
   1: 0000000000000000FFFF00000100007F:2695 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 33002 1`;

describe("listeners", () => {
  it("are read from the kernel's table, connections left out", () => {
    expect(parseListeners(table)).toEqual([
      { port: 9876, address: "127.0.0.1", inode: "22001" },
      { port: 8081, address: "0.0.0.0", inode: "22002" },
    ]);
  });

  it("are read from the IPv6 table, mapped addresses in IPv4's notation", () => {
    expect(parseListeners(table6).map(({ address, port }) => `${address} ${port}`)).toEqual([
      ":: 9876",
      "127.0.0.1 9877",
    ]);
  });

  it("collide on the same address or on every address", () => {
    expect(collides("127.0.0.1", "127.0.0.1")).toBe(true);
    expect(collides("::", "127.0.0.1")).toBe(true);
    expect(collides("127.0.0.1", "0.0.0.0")).toBe(true);
    expect(collides("127.0.0.2", "127.0.0.1")).toBe(false);
  });

  it.runIf(process.platform === "linux")("name the process behind a port", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    try {
      const listener = (await readListeners()).find((found) => found.port === port);
      expect(listener?.address).toBe("127.0.0.1");
      expect(await findOwner(listener?.inode ?? "")).toContain(`pid ${process.pid}`);
    } finally {
      server.close();
    }
  });
});
