package io.hotfire.launcher.consumers;

import io.hotfire.launcher.internals.BrokerInternals;
import io.hotfire.launcher.runtime.DaemonThreads;
import io.netty.channel.Channel;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.client.ConsumerGroupEvent;
import org.apache.rocketmq.broker.client.ConsumerGroupInfo;
import org.apache.rocketmq.broker.client.ConsumerIdsChangeListener;
import org.apache.rocketmq.broker.client.ConsumerManager;
import org.apache.rocketmq.broker.client.DefaultConsumerIdsChangeListener;

/**
 * A consumer that has just come is told a second later than the others that its group has changed. RocketMQ tells it at once, while its start still sends heartbeats to
 * the other brokers. It then divides the queues, which gives its subscription a new version; the heartbeat with that version finds the lock taken by the start, and is left
 * to the next one, 30 s later (MQClientInstance.sendHeartbeatToAllBrokerWithLockV2). Until then the broker refuses each of its pulls (SUBSCRIPTION_NOT_LATEST). It loses
 * nothing by the second: the end of its start divides the queues in any case.
 */
public final class NewConsumers implements ConsumerIdsChangeListener {
    /** Longer than a start's heartbeats to a few brokers; consumers that start within a second of each other read twice for as long. */
    static final long SETTLED_AFTER_MS = 1000;

    private final ConsumerIdsChangeListener stock;
    private final ConsumerManager consumers;
    private final ScheduledExecutorService clock = DaemonThreads.scheduler("HotfireConsumers");
    /** When a connection was first heard of, in each of its groups: System.nanoTime. */
    private final Map<Channel, Map<String, Long>> since = Collections.synchronizedMap(new WeakHashMap<>());
    private final Set<String> due = ConcurrentHashMap.newKeySet();

    private NewConsumers(ConsumerIdsChangeListener stock, ConsumerManager consumers) {
        this.stock = stock;
        this.consumers = consumers;
    }

    /** Between the broker's initialization and its start. */
    public static void install(BrokerController broker) {
        ConsumerManager consumers = broker.getConsumerManager();
        BrokerInternals.listenersOf(consumers).replaceAll(
            listener -> listener instanceof DefaultConsumerIdsChangeListener ? new NewConsumers(listener, consumers) : listener);
    }

    @Override
    public void handle(ConsumerGroupEvent event, String group, Object... arguments) {
        if (event != ConsumerGroupEvent.CHANGE || arguments == null || arguments.length == 0 || !(arguments[0] instanceof List<?> members)) {
            stock.handle(event, group, arguments);
            return;
        }
        List<?> settled = members.stream().filter(member -> !(member instanceof Channel channel) || isSettled(channel, group)).toList();
        if (settled.size() < members.size() && due.add(group)) {
            clock.schedule(DaemonThreads.guarded("telling new consumers of " + group, () -> tellAgain(group)), SETTLED_AFTER_MS, TimeUnit.MILLISECONDS);
        }
        if (!settled.isEmpty()) {
            stock.handle(event, group, settled);
        }
    }

    private boolean isSettled(Channel channel, String group) {
        long now = System.nanoTime();
        long first = since.computeIfAbsent(channel, key -> new ConcurrentHashMap<>()).computeIfAbsent(group, key -> now);
        return now - first >= TimeUnit.MILLISECONDS.toNanos(SETTLED_AFTER_MS);
    }

    private void tellAgain(String group) {
        due.remove(group);
        ConsumerGroupInfo members = consumers.getConsumerTable().get(group);
        if (members != null) {
            handle(ConsumerGroupEvent.CHANGE, group, members.getAllChannel());
        }
    }

    @Override
    public void shutdown() {
        clock.shutdownNow();
        stock.shutdown();
    }
}
