// The official Node client as a drill's workload, through the proxy: `node node-program.ts '{"topic":…}'`. Prints what
// became of each operation, see client-line.ts. Input: `stop-sending`, `stop`; it also stops at the end of its input, so
// that it cannot outlive who started it.
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { format } from "node:util";
import { messageOf } from "@hotfire/base";
import { Producer, SimpleConsumer } from "rocketmq-client-nodejs";
import { z } from "zod";
import { messageBody } from "../workload/message.ts";
import type { ClientLine, ConsumeLine, SendLine } from "./client-line.ts";
import { parseReceiptHandle } from "./receipt-handle.ts";

const argument = z.object({
  originNanos: z.string().transform(BigInt),
  endpoints: z.string(),
  topic: z.string(),
  groups: z.array(z.string()),
  consumerGroup: z.string(),
  rate: z.number().positive(),
  messageBytes: z.int().nonnegative(),
  produce: z.boolean(),
  consume: z.boolean(),
  sequenceProperty: z.string(),
});
type Argument = z.infer<typeof argument>;

/** What an application would ask for at a time, and how long it may take to acknowledge. */
const batch = 32;
const invisibleMs = 15_000;
const awaitMs = 5_000;
/** After a failed receive, before the next one. */
const pauseMs = 100;
const maxOpen = 4_000;
/** After the last send, for outcomes. */
const patienceMs = 15_000;
/** How long stopping may take once nobody listens any more. */
const lingerMs = 10_000;

const options = argument.parse(JSON.parse(process.argv[2] ?? "{}"));
const now = (): number => Number((process.hrtime.bigint() - options.originNanos) / 1000n);
const print = (line: ClientLine): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const complain = (...words: readonly unknown[]): void =>
  void process.stderr.write(`${format(...words).slice(0, 1000)}\n`);
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: complain };

const { endpoints } = options;
const producer = options.produce
  ? new Producer({ endpoints, namespace: "", topics: [options.topic], logger: quiet })
  : undefined;
const consumer = options.consume
  ? new SimpleConsumer({
      endpoints,
      namespace: "",
      consumerGroup: options.consumerGroup,
      subscriptions: new Map([[options.topic, "*"]]),
      awaitDuration: awaitMs,
      logger: quiet,
    })
  : undefined;

/** Open loop; resolves with the number of messages when each has an outcome, or was given up. */
async function sendOnSchedule(client: Producer, { rate, messageBytes }: Argument): Promise<number> {
  const open = new Set<Send>();
  const start = process.hrtime.bigint();
  const startAt = now();
  let sequence = 0;
  while (isSending) {
    const elapsed = Number(process.hrtime.bigint() - start) / 1000;
    for (; (sequence * 1e6) / rate <= elapsed; sequence += 1) {
      const send = new Send(sequence, startAt + Math.round((sequence * 1e6) / rate));
      // Each holds memory until the client gives it up, 9 s at least without an answer.
      if (open.size >= maxOpen) {
        send.tell({ attempts: 0, error: `not sent: ${maxOpen} in flight` });
        continue;
      }
      open.add(send);
      void send.by(client, messageBytes).then(() => open.delete(send));
    }
    await delay(1);
  }
  const deadline = performance.now() + patienceMs;
  while (open.size > 0 && performance.now() < deadline) await delay(5);
  for (const send of open) send.tell({ error: "no outcome when the run ended" });
  return sequence;
}

class Send {
  readonly #sequence: number;
  readonly #scheduled: number;
  readonly #sent = now();
  #isTold = false;

  constructor(sequence: number, scheduled: number) {
    this.#sequence = sequence;
    this.#scheduled = scheduled;
  }

  async by(client: Producer, messageBytes: number): Promise<void> {
    const body = messageBody(this.#sequence, messageBytes);
    const properties = new Map([[options.sequenceProperty, String(this.#sequence)]]);
    try {
      const { messageId, offset } = await client.send({ topic: options.topic, body, properties });
      this.tell({ code: 20000, messageId, offset });
    } catch (error) {
      this.tell({ error: messageOf(error), ...codeOf(error) });
    }
  }

  /** The first outcome counts. */
  tell(outcome: Partial<SendLine>): void {
    if (this.#isTold) return;
    this.#isTold = true;
    print({
      type: "send",
      sequence: this.#sequence,
      scheduled: this.#scheduled,
      sent: this.#sent,
      done: now(),
      // The proxy chooses; with one group of one queue there is no choice.
      group: options.groups[0] ?? "",
      queue: 0,
      ...outcome,
    });
  }
}

/** The proxy's code, or gRPC's status, which is below 20. */
function codeOf(error: unknown): { code?: number } {
  const parsed = z.object({ code: z.int() }).safeParse(error);
  return parsed.success ? { code: parsed.data.code } : {};
}

async function consumeOn(client: SimpleConsumer, { sequenceProperty }: Argument): Promise<void> {
  while (isConsuming) {
    try {
      const messages = await client.receive(batch, invisibleMs);
      const at = now();
      const lines = new Map<string, ConsumeLine>();
      for (const { receiptHandle, offset, properties } of messages) {
        const { group, queue } = parseReceiptHandle(receiptHandle);
        const key = `${group}/${queue}`;
        const line: ConsumeLine = lines.get(key) ?? { type: "consume", at, group, queue, messages: [] };
        lines.set(key, line);
        line.messages.push([offset ?? 0, Number(properties.get(sequenceProperty) ?? -1)]);
      }
      for (const line of lines.values()) print(line);
      await Promise.allSettled(messages.map((message) => client.ack(message)));
    } catch (error) {
      complain(error);
      await delay(pauseMs);
    }
  }
}

const commands = createInterface({ input: process.stdin });
// Also when it never gets ready: it must not outlive who started it.
commands.once("close", () => setTimeout(() => process.exit(1), lingerMs).unref());
await producer?.startup();
await consumer?.startup();
print({ type: "ready", at: now() });

let isSending = producer !== undefined;
let isConsuming = consumer !== undefined;
const sending = producer === undefined ? Promise.resolve(0) : sendOnSchedule(producer, options);
if (consumer !== undefined) void consumeOn(consumer, options);

for await (const command of commands) {
  if (command === "stop") break;
  if (command !== "stop-sending") continue;
  isSending = false;
  print({ type: "sending-stopped", sent: await sending });
}
isSending = false;
isConsuming = false;
await Promise.allSettled([producer?.shutdown(), consumer?.shutdown()]);
process.exit(0);
