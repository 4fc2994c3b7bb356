import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.client.producer.TransactionSendResult;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * One transaction of an application that would commit it. Arguments: NAMESRV TOPIC GROUP. Prints one line of JSON: how the half message was answered,
 * whether the application was asked to do its part, what became of the transaction, and whether a consumer got the message within seconds.
 */
public final class Transaction {
    private static final int WAIT_SECONDS = 8;

    private static final class Committing implements TransactionListener {
        private volatile boolean isExecuted;

        @Override
        public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
            isExecuted = true;
            return LocalTransactionState.COMMIT_MESSAGE;
        }

        @Override
        public LocalTransactionState checkLocalTransaction(MessageExt message) {
            return isExecuted ? LocalTransactionState.COMMIT_MESSAGE : LocalTransactionState.ROLLBACK_MESSAGE;
        }
    }

    public static void main(String[] args) throws Exception {
        Failure.endsTheProgram();
        String id = UUID.randomUUID().toString();
        CountDownLatch received = new CountDownLatch(1);
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(args[2]);
        consumer.setNamesrvAddr(args[0]);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(args[1], "*");
        consumer.registerMessageListener((List<MessageExt> messages, ConsumeConcurrentlyContext context) -> {
            if (messages.stream().anyMatch(message -> id.equals(message.getUserProperty("id")))) {
                received.countDown();
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();

        Committing listener = new Committing();
        TransactionMQProducer producer = new TransactionMQProducer(args[2] + "-producer");
        producer.setNamesrvAddr(args[0]);
        producer.setSendMsgTimeout(10_000);
        producer.setTransactionListener(listener);
        producer.start();
        Message message = new Message(args[1], "one".getBytes(StandardCharsets.UTF_8));
        message.putUserProperty("id", id);
        TransactionSendResult result = producer.sendMessageInTransaction(message, null);
        boolean isReceived = received.await(WAIT_SECONDS, TimeUnit.SECONDS);
        System.out.printf("{\"answer\":\"%s\",\"executed\":%b,\"state\":\"%s\",\"received\":%b}%n",
            result.getSendStatus(), listener.isExecuted, result.getLocalTransactionState(), isReceived);
        producer.shutdown();
        consumer.shutdown();
        System.exit(0);
    }
}
