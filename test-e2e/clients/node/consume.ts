// Reads TOPIC as GROUP with the official Node client through a proxy, prints `ready`, then `got KEY` for each message, until its
// input ends. Arguments: ENDPOINT TOPIC GROUP.
import { SimpleConsumer } from "rocketmq-client-nodejs";

const [endpoints = "", topic = "", consumerGroup = ""] = process.argv.slice(2);
const consumer = new SimpleConsumer({
  endpoints,
  namespace: "",
  consumerGroup,
  subscriptions: new Map([[topic, "*"]]),
  // A proxy refuses to wait for less than 5 s (grpcClientConsumerMinLongPollingTimeoutMillis).
  awaitDuration: 15_000,
});
await consumer.startup();
process.stdin.on("end", () => process.exit(0)).resume();
process.stdout.write("ready\n");
for (;;) {
  for (const message of await consumer.receive(16, 30_000)) {
    process.stdout.write(`got ${[...message.keys].join(" ")}\n`);
    await consumer.ack(message);
  }
}
