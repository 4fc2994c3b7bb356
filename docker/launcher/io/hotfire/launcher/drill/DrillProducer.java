package io.hotfire.launcher.drill;

import com.alibaba.fastjson2.JSONObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * The official producer, sending on schedule whatever comes back. Each message goes to a chosen
 * queue, in turn over all queues that were there at the start: a client left to itself moves on to another broker group,
 * and then nobody can say which group failed. Its retries stay with the group; a retried message may be stored twice.
 */
final class DrillProducer {
    /** A message's memory is held until the client gives it up, 3 s without an answer. */
    private static final int MAX_OPEN = 10_000;
    /** After the last send, for outcomes. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final DrillClient.Options options;
    private final DrillHook hook;
    private final DrillOutput output;
    private final DefaultMQProducer producer;
    private final Set<Send> open = ConcurrentHashMap.newKeySet();
    private final Thread sender = new Thread(this::sendOnSchedule, "drill-sender");
    private List<MessageQueue> queues = List.of();
    private volatile boolean sending = true;
    private volatile int sent;

    DrillProducer(DrillClient.Options options, DrillHook hook, DrillOutput output) {
        this.options = options;
        this.hook = hook;
        this.output = output;
        producer = new DefaultMQProducer(options.consumerGroup() + "-producer", hook);
        producer.setNamesrvAddr(options.namesrvs());
        options.applyTo(producer);
    }

    /** Returns when every group has a route. */
    void start() throws MQClientException, InterruptedException {
        producer.start();
        while (!hasAllGroups()) {
            TimeUnit.MILLISECONDS.sleep(100);
            try {
                queues = producer.fetchPublishMessageQueues(options.topic());
            } catch (MQClientException e) {
                System.err.println("hotfire: no route yet: " + e.getErrorMessage());
            } catch (IllegalStateException e) {
                // What MQClientInstance makes of a name server that could not be asked.
                System.err.println("hotfire: no route yet: " + e.getMessage());
            }
        }
        queues = new ArrayList<>(queues);
        // Neighbours belong to different groups, so that each group's messages are evenly spaced.
        queues.sort(Comparator.comparingInt(MessageQueue::getQueueId).thenComparing(MessageQueue::getBrokerName));
        sender.start();
    }

    /** Returns the number of messages when each has an outcome, or was given up. */
    int stopSending() {
        sending = false;
        try {
            sender.join();
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (!open.isEmpty() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            open.forEach(Send::giveUp);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return sent;
    }

    void stop() {
        sending = false;
        producer.shutdown();
    }

    private boolean hasAllGroups() {
        Set<String> groups = new HashSet<>();
        queues.forEach(queue -> groups.add(queue.getBrokerName()));
        return groups.containsAll(options.groups());
    }

    private void sendOnSchedule() {
        long start = System.nanoTime();
        for (int sequence = 0; sending; sequence++) {
            long due = start + (long) (sequence * 1e9 / options.rate());
            while (sending && System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (sending) {
                sent = sequence + 1;
                send(sequence, (due - options.originNanos()) / 1000);
            }
        }
    }

    private void send(int sequence, long scheduled) {
        MessageQueue queue = queues.get(sequence % queues.size());
        Message message = new Message(options.topic(), DrillBody.of(sequence, options.messageBytes()));
        message.putUserProperty(options.sequenceProperty(), Integer.toString(sequence));
        Send send = new Send(sequence, queue, scheduled, options.now());
        if (open.size() >= MAX_OPEN) {
            send.done(new JSONObject().fluentPut("error", "not sent: " + MAX_OPEN + " in flight"));
            return;
        }
        open.add(send);
        try {
            producer.send(message, queue, send);
        } catch (Exception e) {
            send.onException(e);
        }
    }

    private final class Send implements SendCallback {
        private final int sequence;
        private final MessageQueue queue;
        private final long scheduled;
        private final long sentAt;
        private final AtomicBoolean told = new AtomicBoolean();

        Send(int sequence, MessageQueue queue, long scheduled, long sentAt) {
            this.sequence = sequence;
            this.queue = queue;
            this.scheduled = scheduled;
            this.sentAt = sentAt;
        }

        @Override
        public void onSuccess(SendResult result) {
            done(new JSONObject().fluentPut("status", result.getSendStatus().name()).fluentPut("messageId", result.getMsgId())
                .fluentPut("offset", result.getQueueOffset()));
        }

        @Override
        public void onException(Throwable error) {
            JSONObject line = new JSONObject();
            if (error instanceof MQBrokerException refusal) {
                done(line.fluentPut("code", refusal.getResponseCode()).fluentPut("error", refusal.getErrorMessage()));
                return;
            }
            StringBuilder text = new StringBuilder(String.valueOf(error.getMessage()));
            for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
                text.append(": ").append(cause.getMessage());
            }
            done(line.fluentPut("error", text.toString()));
        }

        /** Without a count of attempts: one may still come. */
        void giveUp() {
            done(new JSONObject().fluentPut("error", "no outcome when the run ended").fluentPut("attempts", null));
        }

        /** The first outcome counts. */
        void done(JSONObject outcome) {
            long done = options.now();
            if (!told.compareAndSet(false, true)) {
                return;
            }
            DrillHook.Attempts attempts = hook.forget(sequence);
            if (!outcome.containsKey("attempts")) {
                outcome.put("attempts", attempts.count());
            }
            output.print(outcome.fluentPut("type", "send").fluentPut("sequence", sequence).fluentPut("scheduled", scheduled)
                .fluentPut("sent", sentAt).fluentPut("done", done).fluentPut("group", queue.getBrokerName())
                .fluentPut("queue", queue.getQueueId()).fluentPut("address", attempts.address()));
            open.remove(this);
        }
    }
}
