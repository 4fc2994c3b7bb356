// What an application does with the official Node client through the proxy: sends COUNT messages to TOPIC
// and reads its own back. Arguments: ENDPOINT TOPIC GROUP COUNT. Prints one line of JSON.
import { randomUUID } from "node:crypto";
import { Producer, SimpleConsumer } from "rocketmq-client-nodejs";

const [endpoints = "", topic = "", consumerGroup = "", countText = ""] = process.argv.slice(2);
const count = Number(countText);
const run = randomUUID();

const consumer = new SimpleConsumer({
  endpoints,
  namespace: "",
  consumerGroup,
  subscriptions: new Map([[topic, "*"]]),
  awaitDuration: 5_000,
});
await consumer.startup();
const producer = new Producer({ endpoints, namespace: "" });
await producer.startup();

// A group that never read starts at the end of the queues: its first receive fixes where that is.
await consumer.receive(1, 10_000);

let acknowledged = 0;
for (let i = 0; i < count; i++) {
  const receipt = await producer.send({ topic, body: Buffer.from(`${run} ${i}`) });
  if (receipt.messageId) acknowledged++;
}

const received = new Set<string>();
const deadline = performance.now() + 60_000;
while (received.size < count && performance.now() < deadline) {
  for (const message of await consumer.receive(16, 30_000)) {
    const body = message.body.toString();
    if (body.startsWith(run)) received.add(body);
    await consumer.ack(message);
  }
}
await producer.shutdown();
await consumer.shutdown();
process.stdout.write(`${JSON.stringify({ client: "node", acknowledged, received: received.size })}\n`);
process.exit(acknowledged === count && received.size === count ? 0 : 1);
