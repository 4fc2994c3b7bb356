import { createServer, type Socket } from "node:net";

/** A TCP server on a free port of this host, for tests that need a peer of any manners. */
export interface TcpServer extends AsyncDisposable {
  readonly address: string;
  /** How many connections it has accepted. */
  readonly accepted: () => number;
  /** How many are open now. */
  readonly open: () => number;
  readonly destroyAll: () => void;
}

export async function startTcpServer(onConnection: (socket: Socket, n: number) => void): Promise<TcpServer> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    accepted += 1;
    onConnection(socket, accepted);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the test server has no port");
  const destroyAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    address: `127.0.0.1:${bound.port}`,
    accepted: () => accepted,
    open: () => sockets.size,
    destroyAll,
    [Symbol.asyncDispose]: async () => {
      destroyAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
