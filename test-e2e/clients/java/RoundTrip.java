import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * What an application does with the official Java client: sends COUNT messages to TOPIC and reads its own back, every tenth as large as a default broker takes.
 * Arguments: NAMESRV TOPIC GROUP COUNT. Prints one line of JSON and exits 0 only if every message came back.
 */
public final class RoundTrip {
    /** Of RocketMQ's 4 MiB (maxMessageSize); the rest is for what the client's compression adds to bytes that it cannot compress. */
    private static final int LARGE_BYTES = 4 * 1024 * 1024 - 8 * 1024;

    public static void main(String[] args) throws Exception {
        Failure.endsTheProgram();
        String namesrv = args[0];
        String topic = args[1];
        String group = args[2];
        int count = Integer.parseInt(args[3]);
        String run = UUID.randomUUID().toString();

        Set<String> received = ConcurrentHashMap.newKeySet();
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        consumer.setNamesrvAddr(namesrv);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener((List<MessageExt> messages, ConsumeConcurrentlyContext context) -> {
            for (MessageExt message : messages) {
                if (run.equals(message.getUserProperty("run"))) {
                    received.add(checksum(message.getBody()));
                }
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();

        DefaultMQProducer producer = new DefaultMQProducer(group + "-producer");
        producer.setNamesrvAddr(namesrv);
        // RocketMQ's 3 s are for all tries together: little for 4 MiB and their copies beside other work. What a switch costs is measured by drills.
        producer.setSendMsgTimeout(10_000);
        producer.start();
        Set<String> brokers = new TreeSet<>();
        Set<String> sent = new HashSet<>();
        int acknowledged = 0;
        for (int i = 0; i < count; i++) {
            byte[] body = body(i);
            sent.add(checksum(body));
            Message message = new Message(topic, body);
            message.putUserProperty("run", run);
            SendResult result = producer.send(message);
            if (result.getSendStatus() == SendStatus.SEND_OK) {
                acknowledged++;
            }
            brokers.add("\"" + result.getMessageQueue().getBrokerName() + "\"");
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (received.size() < count && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        received.retainAll(sent);
        producer.shutdown();
        consumer.shutdown();
        System.out.printf("{\"client\":\"java\",\"acknowledged\":%d,\"received\":%d,\"groups\":[%s]}%n",
            acknowledged, received.size(), String.join(",", brokers));
        System.exit(acknowledged == count && received.size() == count ? 0 : 1);
    }

    private static byte[] body(int i) {
        byte[] text = ("message " + i).getBytes(StandardCharsets.UTF_8);
        if (i % 10 != 0) {
            return text;
        }
        byte[] large = new byte[LARGE_BYTES];
        new Random(i).nextBytes(large);
        System.arraycopy(text, 0, large, 0, text.length);
        return large;
    }

    private static String checksum(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
