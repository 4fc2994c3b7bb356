import java.nio.charset.StandardCharsets;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * Begins transactions that never end: their outcome is unknown, also when the broker asks for it. And sends as many messages that are due a minute later,
 * by level and by time in turn. Arguments: NAMESRV TOPIC COUNT. Prints "begun COUNT".
 */
public final class Unfinished {
    /** "1m" of RocketMQ's default levels. */
    private static final int MINUTE = 5;

    private static final class Undecided implements TransactionListener {
        @Override
        public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
            return LocalTransactionState.UNKNOW;
        }

        @Override
        public LocalTransactionState checkLocalTransaction(MessageExt message) {
            return LocalTransactionState.UNKNOW;
        }
    }

    public static void main(String[] args) throws Exception {
        Failure.endsTheProgram();
        int count = Integer.parseInt(args[2]);
        TransactionMQProducer producer = new TransactionMQProducer("unfinished-producer");
        producer.setNamesrvAddr(args[0]);
        producer.setTransactionListener(new Undecided());
        producer.start();
        for (int begun = 0; begun < count; begun++) {
            producer.sendMessageInTransaction(new Message(args[1], ("transaction " + begun).getBytes(StandardCharsets.UTF_8)), null);
            Message delayed = new Message(args[1], ("delayed " + begun).getBytes(StandardCharsets.UTF_8));
            if (begun % 2 == 0) {
                delayed.setDelayTimeLevel(MINUTE);
            } else {
                delayed.setDelayTimeMs(60_000);
            }
            producer.send(delayed);
        }
        System.out.println("begun " + count);
        producer.shutdown();
        System.exit(0);
    }
}
