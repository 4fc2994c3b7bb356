// Sends to TOPIC and reads it by POP for SECONDS with the official Node client through a proxy. Every fifth message is not acknowledged the
// first time, and comes again once it is visible. Arguments: ENDPOINT TOPIC GROUP SECONDS. Prints one line of JSON.
import { setTimeout as sleep } from "node:timers/promises";
import { Producer, SimpleConsumer } from "rocketmq-client-nodejs";

const [endpoints = "", topic = "", consumerGroup = "", seconds = ""] = process.argv.slice(2);
/** How long a message that was read stays invisible; ten seconds is the least that a proxy takes. */
const invisibleMs = 10_000;
const sendEveryMs = 20;
const drainMs = 90_000;

const subscriptions = new Map([[topic, "*"]]);
// A proxy refuses to wait for less than 5 s.
const consumer = new SimpleConsumer({
  endpoints,
  namespace: "",
  consumerGroup,
  subscriptions,
  awaitDuration: 5000,
});
await consumer.startup();
const producer = new Producer({ endpoints, namespace: "" });
await producer.startup();
// A group that never read starts at the end of the queues: its first receive fixes where that is.
await consumer.receive(1, invisibleMs);

const acknowledged = new Set<string>();
const received = new Set<string>();
const left = new Set<string>();
let failed = 0;
let isSending = true;
const until = performance.now() + Number(seconds) * 1000;

async function send(): Promise<void> {
  for (let i = 0; performance.now() < until; i++) {
    const body = String(i);
    try {
      if ((await producer.send({ topic, body: Buffer.from(body) })).messageId) acknowledged.add(body);
    } catch (error) {
      failed++;
      process.stderr.write(`${String(error)}\n`);
    }
    await sleep(sendEveryMs);
  }
  isSending = false;
}

async function receive(): Promise<void> {
  const deadline = until + drainMs;
  while (isSending || (!isDrained() && performance.now() < deadline)) {
    for (const message of await consumer.receive(16, invisibleMs)) {
      const body = message.body.toString();
      if (Number(body) % 5 === 0 && !left.has(body)) {
        left.add(body);
        continue;
      }
      received.add(body);
      await consumer.ack(message);
    }
  }
}

function isDrained(): boolean {
  return acknowledged.isSubsetOf(received);
}

await Promise.all([send(), receive()]);
const missing = acknowledged.difference(received).size;
process.stdout.write(
  `${JSON.stringify({ kind: "pop", acknowledged: acknowledged.size, failed, received: received.size, missing })}\n`,
);
process.exit(0);
