import { minOffset, pull, type RemotingClient, type SendResult, send } from "@hotfire/remoting";

export interface Queue {
  readonly broker: string;
  readonly topic: string;
  readonly queueId: number;
}

/** Sends texts one after the other, and gives what became of each. */
export async function sendTexts(
  client: RemotingClient,
  { broker, topic, queueId }: Queue,
  texts: readonly string[],
): Promise<readonly SendResult[]> {
  const results: SendResult[] = [];
  for (const text of texts)
    results.push(await send(client, broker, { topic, queueId, body: Buffer.from(text) }));
  return results;
}

/** Every body in a queue, from its first message on. */
export async function readTexts(
  client: RemotingClient,
  { broker, topic, queueId }: Queue,
): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let offset = await minOffset(client, broker, { topic, queueId }); ; ) {
    const result = await pull(client, broker, { topic, queueId, offset });
    if (result.status !== "found") return texts;
    texts.push(...result.messages.map(({ body }) => Buffer.from(body).toString()));
    offset = result.nextOffset;
  }
}

export function numbered(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix} ${index}`);
}
