import type { Socket } from "node:net";
import { encodeFrame, type FrameToEncode, type RemotingFrame } from "../protocol/frame.ts";
import { FrameDecoder } from "../protocol/frame-decoder.ts";
import { startTcpServer, type TcpServer } from "./tcp-server.ts";

type Reply = Omit<FrameToEncode, "opaque" | "kind">;

/** A server that reads frames and answers as a test says: with a reply, raw bytes, or (undefined) not at all. */
export function startCommandServer(
  answer: (request: RemotingFrame, socket: Socket, connection: number) => Reply | Buffer | undefined,
): Promise<TcpServer> {
  return startTcpServer((socket, n) => {
    const decoder = new FrameDecoder();
    socket.on("data", (chunk) =>
      decoder.push(chunk, (request) => {
        const reply = answer(request, socket, n);
        if (reply === undefined) return;
        const bytes = Buffer.isBuffer(reply)
          ? reply
          : encodeFrame({ ...reply, opaque: request.opaque, kind: "response" });
        socket.write(bytes);
      }),
    );
  });
}
