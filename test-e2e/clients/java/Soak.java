import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * All kinds of messages at once on the official Java client, each on a topic of its own (PREFIX and the kind's name): plain, large, delayed, ordered, in batches, in
 * transactions that commit, roll back or are unknown until the broker asks. Arguments: NAMESRV PREFIX SECONDS. Prints, as a line of JSON for each kind, what was
 * acknowledged, failed, received and never received, and what was received although it was rolled back.
 */
public final class Soak {
    /** Of RocketMQ's 4 MiB; the rest is for what the client's compression adds to bytes that it cannot compress. */
    private static final int LARGE_BYTES = 4 * 1024 * 1024 - 8 * 1024;
    /** Level 2 of messageDelayLevel, 5 s. */
    private static final int DELAY_LEVEL = 2;
    private static final int BATCH = 10;
    /** The broker asks about an unknown transaction every 30 s, once it is 6 s old. */
    private static final long DRAIN_MS = 120_000;

    private final String namesrv;
    private final String prefix;
    private final Random random = new Random();
    private final TransactionMQProducer producer;
    private volatile boolean isOver;

    private Soak(String namesrv, String prefix) throws Exception {
        this.namesrv = namesrv;
        this.prefix = prefix;
        producer = new TransactionMQProducer("soak-" + prefix);
        producer.setNamesrvAddr(namesrv);
        producer.setExecutorService(Executors.newFixedThreadPool(2));
        producer.setTransactionListener(new Outcomes());
        producer.start();
    }

    public static void main(String[] args) throws Exception {
        Failure.endsTheProgram();
        new Soak(args[0], args[1]).run(Integer.parseInt(args[2]));
        System.exit(0);
    }

    private void run(int seconds) throws Exception {
        List<Kind> kinds = List.of(
            new Kind("plain", 10, i -> sent(i, producer.send(message("plain", i, 100)))),
            new Kind("large", 1500, i -> sent(i, producer.send(message("large", i, LARGE_BYTES)))),
            new Kind("delayed", 50, i -> sent(i, producer.send(delayed(i)))),
            new Kind("ordered", 20, i -> sent(i, producer.send(message("ordered", i, 100), (queues, message, key) -> queues.get(i / BATCH % queues.size()), null))),
            new Kind("batch", 200, i -> batch(i)),
            new Kind("transaction", 50, i -> transaction(i)));
        for (Kind kind : kinds) {
            kind.consume();
        }
        List<Thread> senders = new ArrayList<>();
        for (Kind kind : kinds) {
            senders.add(new Thread(kind::send, kind.name));
        }
        senders.forEach(Thread::start);
        Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
        isOver = true;
        for (Thread sender : senders) {
            sender.join();
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MS);
        while (System.nanoTime() < deadline && !kinds.stream().allMatch(Kind::isDrained)) {
            Thread.sleep(100);
        }
        kinds.forEach(Kind::report);
        producer.shutdown();
        kinds.forEach(kind -> kind.consumer.shutdown());
    }

    private Message message(String kind, int id, int bytes) {
        byte[] body = new byte[bytes];
        random.nextBytes(body);
        ByteBuffer.wrap(body).putInt(id);
        return new Message(prefix + kind, body);
    }

    private Message delayed(int id) {
        Message message = message("delayed", id, 100);
        message.setDelayTimeLevel(DELAY_LEVEL);
        return message;
    }

    private static List<Integer> sent(int id, SendResult result) {
        return result.getSendStatus() == SendStatus.SEND_OK ? List.of(id) : List.of();
    }

    private List<Integer> batch(int id) throws Exception {
        List<Message> messages = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            ids.add(id * BATCH + i);
            messages.add(message("batch", id * BATCH + i, 100));
        }
        return producer.send(messages).getSendStatus() == SendStatus.SEND_OK ? ids : List.of();
    }

    private List<Integer> transaction(int id) throws Exception {
        SendResult result = producer.sendMessageInTransaction(message("transaction", id, 100), id);
        return isRolledBack(id) ? List.of() : sent(id, result);
    }

    private static boolean isRolledBack(int id) {
        return id % 4 == 3;
    }

    /** Of four transactions two commit, one is unknown and commits when it is asked, one rolls back. */
    private static final class Outcomes implements TransactionListener {
        @Override
        public LocalTransactionState executeLocalTransaction(Message message, Object id) {
            return switch ((int) id % 4) {
                case 2 -> LocalTransactionState.UNKNOW;
                case 3 -> LocalTransactionState.ROLLBACK_MESSAGE;
                default -> LocalTransactionState.COMMIT_MESSAGE;
            };
        }

        @Override
        public LocalTransactionState checkLocalTransaction(MessageExt message) {
            int id = ByteBuffer.wrap(message.getBody()).getInt();
            return isRolledBack(id) ? LocalTransactionState.ROLLBACK_MESSAGE : LocalTransactionState.COMMIT_MESSAGE;
        }
    }

    private interface Send {
        /** Sends, and gives what was acknowledged. */
        List<Integer> message(int number) throws Exception;
    }

    private final class Kind {
        private final String name;
        private final int everyMs;
        private final Send send;
        private final DefaultMQPushConsumer consumer;
        private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        private final Set<Integer> received = ConcurrentHashMap.newKeySet();
        private final AtomicInteger failed = new AtomicInteger();

        Kind(String name, int everyMs, Send send) {
            this.name = name;
            this.everyMs = everyMs;
            this.send = send;
            consumer = new DefaultMQPushConsumer("soak-" + prefix + name);
        }

        void consume() throws Exception {
            consumer.setNamesrvAddr(namesrv);
            consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
            consumer.subscribe(prefix + name, "*");
            if (name.equals("ordered")) {
                consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
                    take(messages);
                    return ConsumeOrderlyStatus.SUCCESS;
                });
            } else {
                consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
                    take(messages);
                    return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
                });
            }
            consumer.start();
        }

        private void take(List<MessageExt> messages) {
            messages.forEach(message -> received.add(ByteBuffer.wrap(message.getBody()).getInt()));
        }

        void send() {
            for (int number = 0; !isOver; number++) {
                try {
                    acknowledged.addAll(send.message(number));
                    Thread.sleep(everyMs);
                } catch (InterruptedException e) {
                    return;
                } catch (Exception e) {
                    failed.incrementAndGet();
                    System.err.println(name + ": " + e);
                }
            }
        }

        boolean isDrained() {
            return received.containsAll(acknowledged);
        }

        void report() {
            long missing = acknowledged.stream().filter(id -> !received.contains(id)).count();
            long rolledBack = name.equals("transaction") ? received.stream().filter(Soak::isRolledBack).count() : 0;
            System.out.printf("{\"kind\":\"%s\",\"acknowledged\":%d,\"failed\":%d,\"received\":%d,\"missing\":%d,\"rolledBackYetReceived\":%d}%n",
                name, acknowledged.size(), failed.get(), received.size(), missing, rolledBack);
        }
    }
}
