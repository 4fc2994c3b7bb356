import { readFileSync } from "node:fs";
import { z } from "zod";
import { createRemotingClient, type RemotingClient } from "../client/remoting-client.ts";
import { startTcpServer } from "./tcp-server.ts";

const file = new URL("../fixtures/frames.json", import.meta.url);
const hex = z
  .string()
  .regex(/^[0-9a-f]+$/)
  .transform((text) => Buffer.from(text, "hex"));
const exchange = z.object({ name: z.string(), peer: z.string(), request: hex, response: hex });

/** What real processes of RocketMQ 5.5.0 were asked and answered; fixtures/capture.ts says how it was recorded. */
export const captured = z.array(exchange).parse(JSON.parse(readFileSync(file, "utf8")));

export function capturedExchange(name: string): z.output<typeof exchange> {
  const found = captured.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`nothing called ${name} was captured`);
  return found;
}

/** Makes a call against a captured answer. The client is new, so its opaque is the captured one. */
export async function replay<T>(
  name: string,
  call: (client: RemotingClient, address: string) => Promise<T>,
): Promise<T> {
  const { response } = capturedExchange(name);
  await using server = await startTcpServer((socket) => {
    socket.once("data", () => socket.write(response));
  });
  await using client = createRemotingClient();
  return await call(client, server.address);
}
