import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.message.Message;

/**
 * The official Java producer's speed: COUNT messages of SIZE bytes with INFLIGHT sends under way, after a warm-up of
 * as many. Arguments: NAMESRV TOPIC COUNT INFLIGHT SIZE. Prints one line of JSON; latencies in microseconds.
 */
public final class SendBench {
    public static void main(String[] args) throws Exception {
        Failure.endsTheProgram();
        String topic = args[1];
        int count = Integer.parseInt(args[2]);
        int inFlight = Integer.parseInt(args[3]);
        byte[] body = new byte[Integer.parseInt(args[4])];
        Arrays.fill(body, (byte) 'x');
        DefaultMQProducer producer = new DefaultMQProducer("bench-java");
        producer.setNamesrvAddr(args[0]);
        producer.start();
        send(producer, topic, body, count, inFlight);
        Run run = send(producer, topic, body, count, inFlight);
        producer.shutdown();
        Arrays.sort(run.micros);
        System.out.printf("{\"failed\":%d,\"perSecond\":%.0f,\"p50Us\":%d,\"p99Us\":%d}%n", run.failed,
            count / run.seconds, run.micros[count / 2], run.micros[(int) (count * 0.99)]);
        System.exit(0);
    }

    private record Run(double seconds, long[] micros, int failed) {
    }

    private static Run send(DefaultMQProducer producer, String topic, byte[] body, int count, int inFlight)
        throws Exception {
        long[] micros = new long[count];
        AtomicInteger failed = new AtomicInteger();
        Semaphore slots = new Semaphore(inFlight);
        CountDownLatch open = new CountDownLatch(count);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            int index = i;
            slots.acquire();
            long sent = System.nanoTime();
            producer.send(new Message(topic, body), new SendCallback() {
                @Override
                public void onSuccess(SendResult result) {
                    done(result.getSendStatus() == SendStatus.SEND_OK);
                }

                @Override
                public void onException(Throwable error) {
                    done(false);
                }

                private void done(boolean acknowledged) {
                    micros[index] = (System.nanoTime() - sent) / 1000;
                    if (!acknowledged) {
                        failed.incrementAndGet();
                    }
                    slots.release();
                    open.countDown();
                }
            });
        }
        open.await();
        return new Run((System.nanoTime() - start) / 1e9, micros, failed.get());
    }
}
