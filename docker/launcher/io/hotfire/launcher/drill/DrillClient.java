package io.hotfire.launcher.drill;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.ClientConfig;

/**
 * The official client as a drill's workload: {@code DrillClient '{"topic":…}'}. Prints what became of each operation as a
 * line of JSON. Input: {@code stop-sending}, {@code hurry} (consume without limit), {@code stop}; it also stops at the end of
 * its input, so that it cannot outlive who started it.
 */
public final class DrillClient {
    /** How often routes are asked for; 30 s in RocketMQ. */
    private static final int QUICK_POLL_MS = 1000;
    /** How often a consumer tells the brokers of itself, without which they refuse its pulls; 30 s in RocketMQ. */
    private static final int QUICK_HEARTBEAT_MS = 1000;
    /** After a pull that failed; 1 s in RocketMQ. */
    private static final int QUICK_PULL_AGAIN_MS = 100;
    /** How long one of the two waits for an answer: they share a thread, so a frozen broker keeps the client from routes; 3 s in RocketMQ. */
    private static final int QUICK_ANSWER_MS = 500;
    /** Waiting for a connection; 3 s in RocketMQ, and a broker whose machine is gone answers nothing at all. */
    private static final Map<String, String> QUICK_PROPERTIES = Map.of("com.rocketmq.remoting.client.connect.timeout", "500");
    /** How long stopping may take once nobody listens any more. */
    private static final int LINGER_SECONDS = 10;

    /** 0 messages a second to consume is no limit. Moments are microseconds since {@code originNanos}, a reading of CLOCK_MONOTONIC in another process. */
    record Options(long originNanos, String namesrvs, String topic, List<String> groups, String consumerGroup, double rate,
        int messageBytes, boolean produce, boolean consume, double consumeRate, boolean isQuick, String sequenceProperty) {
        static Options parse(String text) {
            JSONObject json = JSON.parseObject(text);
            return new Options(Long.parseLong(json.getString("originNanos")), json.getString("endpoints"), json.getString("topic"),
                json.getJSONArray("groups").toJavaList(String.class), json.getString("consumerGroup"), json.getDoubleValue("rate"),
                json.getIntValue("messageBytes"), json.getBooleanValue("produce"), json.getBooleanValue("consume"),
                json.getDoubleValue("consumeRate"), "quick".equals(json.getString("settings")), json.getString("sequenceProperty"));
        }

        /** What docs/explanation/failover.md advises applications to set, or nothing. */
        void applyTo(ClientConfig client) {
            if (isQuick) {
                client.setPollNameServerInterval(QUICK_POLL_MS);
                client.setHeartbeatBrokerInterval(QUICK_HEARTBEAT_MS);
                client.setPullTimeDelayMillsWhenException(QUICK_PULL_AGAIN_MS);
                client.setMqClientApiTimeout(QUICK_ANSWER_MS);
            }
        }

        /** HotSpot reads CLOCK_MONOTONIC for nanoTime on Linux, as every other process on this kernel can. */
        long now() {
            return (System.nanoTime() - originNanos) / 1000;
        }
    }

    private DrillClient() {
    }

    public static void main(String[] args) {
        DrillOutput output = new DrillOutput(new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8));
        // Logs and stray prints of libraries must not get between the lines.
        System.setOut(System.err);
        try {
            Options options = Options.parse(args[0]);
            if (options.isQuick()) {
                QUICK_PROPERTIES.forEach(System::setProperty);
            }
            run(options, output);
            output.close();
            System.exit(0);
        } catch (Throwable e) {
            e.printStackTrace();
            System.err.println("hotfire: " + e);
            System.exit(1);
        }
    }

    private static void run(Options options, DrillOutput output) throws Exception {
        BlockingQueue<String> commands = readCommands();
        DrillHook hook = new DrillHook(options);
        DrillConsumer consumer = options.consume() ? new DrillConsumer(options, hook, output) : null;
        DrillProducer producer = options.produce() ? new DrillProducer(options, hook, output) : null;
        if (consumer != null) {
            consumer.start();
        }
        if (producer != null) {
            producer.start();
        }
        output.print(new JSONObject().fluentPut("type", "ready").fluentPut("at", options.now()));
        obey(commands, consumer, producer, output);
        if (consumer != null) {
            consumer.stop();
        }
        if (producer != null) {
            producer.stop();
        }
    }

    private static void obey(BlockingQueue<String> commands, DrillConsumer consumer, DrillProducer producer, DrillOutput output)
        throws InterruptedException {
        while (true) {
            switch (commands.take()) {
                case "stop-sending" -> {
                    int sent = producer == null ? 0 : producer.stopSending();
                    output.print(new JSONObject().fluentPut("type", "sending-stopped").fluentPut("sent", sent));
                }
                case "hurry" -> {
                    if (consumer != null) {
                        consumer.hurry();
                    }
                }
                case "stop" -> {
                    return;
                }
                default -> System.err.println("hotfire: a command that is none");
            }
        }
    }

    /** Reads from the beginning, since a client that never gets ready must not outlive who started it either. */
    private static BlockingQueue<String> readCommands() {
        BlockingQueue<String> commands = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> {
            try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                input.lines().forEach(commands::add);
                commands.add("stop");
                TimeUnit.SECONDS.sleep(LINGER_SECONDS);
            } catch (IOException | UncheckedIOException | InterruptedException e) {
                System.err.println("hotfire: cannot read commands: " + e);
            }
            Runtime.getRuntime().halt(1);
        }, "drill-commands");
        reader.setDaemon(true);
        reader.start();
        return commands;
    }
}
