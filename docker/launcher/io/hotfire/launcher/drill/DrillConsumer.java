package io.hotfire.launcher.drill;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.impl.factory.MQClientInstance;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * The official push consumer, but for two settings: it begins at the queues' beginning, and one thread
 * runs the listener, so that a queue's messages are told in the order in which the client delivers them. With a consume
 * rate it is an application at its limit: slower than the producers, and with little fetched ahead, so that messages wait
 * at the broker.
 */
final class DrillConsumer {
    private static final int FETCHED_AHEAD = 32;
    private static final long CATCH_UP_NANOS = 50_000_000;

    private final DrillClient.Options options;
    private final DrillHook hook;
    private final DrillOutput output;
    private final DefaultMQPushConsumer consumer;
    private volatile long pauseNanos;
    private long nextNanos;

    DrillConsumer(DrillClient.Options options, DrillHook hook, DrillOutput output) {
        this.options = options;
        this.hook = hook;
        this.output = output;
        consumer = new DefaultMQPushConsumer(options.consumerGroup(), hook);
        consumer.setNamesrvAddr(options.namesrvs());
        options.applyTo(consumer);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setConsumeThreadMin(1);
        consumer.setConsumeThreadMax(1);
        consumer.registerMessageListener(this::deliver);
        if (options.consumeRate() > 0) {
            pauseNanos = (long) (1e9 / options.consumeRate());
            consumer.setPullThresholdForQueue(FETCHED_AHEAD);
        }
    }

    /** Returns when it was given queues of every group. */
    void start() throws MQClientException, InterruptedException {
        consumer.subscribe(options.topic(), "*");
        consumer.start();
        announce();
        while (!groups().containsAll(options.groups())) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /**
     * On a busy machine the client's first timed heartbeat holds a lock while start() wants to send its own; start() then goes
     * on without (MQClientInstance.sendHeartbeatToAllBrokerWithLock), and the brokers refuse every pull until the next, 30 s on.
     */
    @SuppressWarnings("deprecation")
    private void announce() throws InterruptedException {
        MQClientInstance instance = consumer.getDefaultMQPushConsumerImpl().getmQClientFactory();
        while (!instance.sendHeartbeatToAllBrokerWithLock()) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        instance.rebalanceImmediately();
    }

    void hurry() {
        pauseNanos = 0;
    }

    void stop() {
        consumer.shutdown();
    }

    @SuppressWarnings("deprecation") // The only way to ask a push consumer which queues it was given.
    private Set<String> groups() {
        return consumer.getDefaultMQPushConsumerImpl().getRebalanceImpl().getProcessQueueTable().keySet().stream()
            .filter(queue -> queue.getTopic().equals(options.topic())).map(MessageQueue::getBrokerName).collect(Collectors.toSet());
    }

    private ConsumeConcurrentlyStatus deliver(List<MessageExt> messages, ConsumeConcurrentlyContext context) {
        linger(messages.size());
        long at = options.now();
        MessageQueue queue = context.getMessageQueue();
        JSONArray rows = new JSONArray();
        for (MessageExt message : messages) {
            String sequence = message.getUserProperty(options.sequenceProperty());
            rows.add(JSONArray.of(message.getQueueOffset(), sequence == null ? -1 : Integer.parseInt(sequence)));
        }
        output.print(new JSONObject().fluentPut("type", "consume").fluentPut("at", at).fluentPut("group", queue.getBrokerName())
            .fluentPut("queue", queue.getQueueId()).fluentPut("messages", rows)
            .fluentPut("address", hook.serverOf(queue.getBrokerName(), queue.getQueueId())));
        return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
    }

    /** Not a sleep each: what one sleep is too long, the next is shorter. */
    private void linger(int messages) {
        long now = System.nanoTime();
        nextNanos = Math.max(nextNanos, now - CATCH_UP_NANOS) + pauseNanos * messages;
        while (pauseNanos > 0 && System.nanoTime() < nextNanos) {
            LockSupport.parkNanos(nextNanos - System.nanoTime());
        }
    }
}
