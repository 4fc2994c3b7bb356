import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * An application with trouble, on the official Java client: it fails at the first sight of every message whose key begins with "bad" and
 * allows no second one, so that they become dead letters. Both its clients are traced. It stays until its input ends.
 * Arguments: NAMESRV TOPIC GROUP KEY...: sends one message for each key. Prints "sent KEY ID", "failed KEY" and "consumed KEY".
 */
public final class GivesUp {
    public static void main(String[] args) throws Exception {
        Failure.endsTheProgram();
        String namesrv = args[0];
        String topic = args[1];
        String group = args[2];
        Set<String> seen = ConcurrentHashMap.newKeySet();

        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        consumer.setEnableTrace(true);
        consumer.setNamesrvAddr(namesrv);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setMaxReconsumeTimes(0);
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            ConsumeConcurrentlyStatus status = ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            for (MessageExt message : messages) {
                String key = message.getKeys();
                if (seen.add(key) && key.startsWith("bad")) {
                    status = ConsumeConcurrentlyStatus.RECONSUME_LATER;
                    System.out.println("failed " + key);
                } else {
                    System.out.println("consumed " + key);
                }
            }
            return status;
        });
        consumer.start();

        DefaultMQProducer producer = new DefaultMQProducer(group + "-producer");
        producer.setEnableTrace(true);
        producer.setNamesrvAddr(namesrv);
        producer.start();
        for (int i = 3; i < args.length; i++) {
            byte[] body = ("body of " + args[i]).getBytes(StandardCharsets.UTF_8);
            System.out.println("sent " + args[i] + " " + producer.send(new Message(topic, "", args[i], body)).getMsgId());
        }
        System.in.transferTo(OutputStream.nullOutputStream());
        producer.shutdown();
        consumer.shutdown();
        System.exit(0);
    }
}
