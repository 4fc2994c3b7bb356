package io.hotfire.launcher.internals;

import io.hotfire.launcher.configuration.ConfigurationException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.client.ConsumerIdsChangeListener;
import org.apache.rocketmq.broker.client.ConsumerManager;
import org.apache.rocketmq.broker.failover.EscapeBridge;
import org.apache.rocketmq.broker.out.BrokerOuterAPI;
import org.apache.rocketmq.broker.processor.PopReviveService;
import org.apache.rocketmq.broker.schedule.ScheduleMessageService;
import org.apache.rocketmq.broker.slave.SlaveSynchronize;
import org.apache.rocketmq.broker.transaction.TransactionalMessageCheckService;
import org.apache.rocketmq.broker.transaction.queue.TransactionalMessageBridge;
import org.apache.rocketmq.broker.transaction.queue.TransactionalMessageServiceImpl;
import org.apache.rocketmq.store.CommitLog;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.ha.DefaultHAClient;
import org.apache.rocketmq.store.ha.HAService;
import org.apache.rocketmq.store.plugin.AbstractPluginMessageStore;

/** What is reached of every broker's private members. */
public final class BrokerInternals {
    private static final PrivateMembers MEMBERS = new PrivateMembers();

    public static final PrivateField<BrokerOuterAPI> OUTER_API = MEMBERS.field(BrokerController.class, "brokerOuterAPI", BrokerOuterAPI.class);
    public static final PrivateField<ExecutorService> OUTER_EXECUTOR = MEMBERS.field(BrokerOuterAPI.class, "brokerOuterExecutor", ExecutorService.class);
    @SuppressWarnings("rawtypes")
    public static final PrivateField<ThreadLocal> STORING_THREADS = MEMBERS.field(CommitLog.class, "putMessageThreadLocal", ThreadLocal.class);
    public static final PrivateField<TransactionalMessageCheckService> CHECK_SERVICE =
        MEMBERS.field(BrokerController.class, "transactionalMessageCheckService", TransactionalMessageCheckService.class);
    public static final PrivateField<TransactionalMessageBridge> HALF_MESSAGES =
        MEMBERS.field(TransactionalMessageServiceImpl.class, "transactionalMessageBridge", TransactionalMessageBridge.class);
    public static final PrivateField<ScheduleMessageService> SCHEDULE_SERVICE =
        MEMBERS.field(BrokerController.class, "scheduleMessageService", ScheduleMessageService.class);
    public static final PrivateField<SlaveSynchronize> SLAVE_SYNCHRONIZE = MEMBERS.field(BrokerController.class, "slaveSynchronize", SlaveSynchronize.class);
    public static final PrivateField<EscapeBridge> ESCAPE_BRIDGE = MEMBERS.field(BrokerController.class, "escapeBridge", EscapeBridge.class);
    public static final PrivateField<Long> REVIVE_OFFSET = MEMBERS.field(PopReviveService.class, "reviveOffset", long.class);
    public static final PrivateField<HAService> HA_SERVICE = MEMBERS.field(DefaultMessageStore.class, "haService", HAService.class);
    public static final PrivateField<SocketChannel> SLAVE_CHANNEL = MEMBERS.field(DefaultHAClient.class, "socketChannel", SocketChannel.class);
    public static final PrivateField<Long> SLAVE_REPORTED_AT = MEMBERS.field(DefaultHAClient.class, "lastWriteTimestamp", long.class);
    @SuppressWarnings("rawtypes")
    private static final PrivateField<List> LISTENERS = MEMBERS.field(ConsumerManager.class, "consumerIdsChangeListenerList", List.class);
    private static final PrivateField<MessageStore> WRAPPED = MEMBERS.field(AbstractPluginMessageStore.class, "next", MessageStore.class);

    private BrokerInternals() {
    }

    static void check() {
        MEMBERS.check();
    }

    /** Who is told that a consumer group has changed; a listener may be put in another's place. */
    @SuppressWarnings("unchecked")
    public static List<ConsumerIdsChangeListener> listenersOf(ConsumerManager consumers) {
        return LISTENERS.get(consumers);
    }

    /**
     * The store that writes, from behind those of messageStorePlugIn (the tiered store is one): what is mended in it is mended for them too.
     *
     * @throws ConfigurationException for a store that is another one
     */
    public static DefaultMessageStore storeOf(BrokerController broker) {
        MessageStore store = broker.getMessageStore();
        while (store instanceof AbstractPluginMessageStore plugin) {
            store = WRAPPED.get(plugin);
        }
        if (store instanceof DefaultMessageStore files) {
            return files;
        }
        throw new ConfigurationException("the message store is a " + (store == null ? "null" : store.getClass().getName())
            + ": the launcher mends faults of DefaultMessageStore only, and starts no broker with another one");
    }
}
