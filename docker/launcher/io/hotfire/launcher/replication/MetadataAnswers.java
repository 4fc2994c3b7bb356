package io.hotfire.launcher.replication;

import io.hotfire.launcher.runtime.DaemonThreads;
import io.netty.channel.ChannelHandlerContext;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.netty.NettyRequestProcessor;
import org.apache.rocketmq.remoting.protocol.DataVersion;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.store.config.BrokerRole;

/**
 * A topic or consumer group that a client was told is there is there after a switch: a master answers once its slaves have copied the change.
 *
 * RocketMQ's slaves copy topics and groups every 12 s. What was made since then is unknown to a slave that becomes the master, and its clients get TOPIC_NOT_EXIST and
 * SUBSCRIPTION_GROUP_NOT_EXIST. Here a slave asks its master for what has changed, with a request that waits until something has ({@link MetadataCopies}), and says with the
 * next one how far it came.
 */
public final class MetadataAnswers implements NettyRequestProcessor, RPCHook {
    /** None of RocketMQ's, which end at 4 digits. */
    static final int WHAT_HAS_CHANGED = 41_001;
    /** A slave's request is answered after this long at the latest. */
    static final int HOLD_MS = 1_000;
    static final Patience DEFAULT = new Patience(HOLD_MS, 5_000, 2_000);

    /** Topics that a message makes announce themselves to no hook; all else wakes who waits. */
    private static final long LOOK_MS = 200;
    private static final int MOST_SLAVES = 32;
    private static final Set<Integer> CHANGES = Set.of(
        RequestCode.UPDATE_AND_CREATE_TOPIC, RequestCode.UPDATE_AND_CREATE_TOPIC_LIST, RequestCode.UPDATE_AND_CREATE_STATIC_TOPIC, RequestCode.DELETE_TOPIC_IN_BROKER,
        RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP, RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST, RequestCode.DELETE_SUBSCRIPTIONGROUP);

    /**
     * @param holdMs how long a slave's request waits for a change at the most
     * @param goneMs a slave that has not asked for so long is not waited for; while it copies it does not ask
     * @param waitMs how long a change waits at the most: less than a client does (5 s), for a slave whose disk or network is slow takes no change back
     */
    record Patience(int holdMs, int goneMs, int waitMs) {
    }

    /**
     * @param copied the last answer of which it has everything
     * @param has    versions of what it has, or newer; null when that is not known
     */
    private record Slave(long copied, String has, long heardAt) {
    }

    private final BooleanSupplier isMaster;
    private final Supplier<String> versions;
    private final Patience patience;
    /** A process's own, so that the numbers of its answers are taken for no other's. */
    private final String name = UUID.randomUUID().toString();
    private final Map<String, Slave> slaves = new ConcurrentHashMap<>();
    private long answers;

    /** @param versions of topics, their mappings and groups: what a slave copies from now on is of these or newer */
    record Answer(long number, String versions) {
    }

    MetadataAnswers(BooleanSupplier isMaster, Supplier<String> versions, Patience patience) {
        this.isMaster = isMaster;
        this.versions = versions;
        this.patience = patience;
    }

    /** Between the broker's initialization and its start. */
    public static void install(BrokerController broker) {
        install(broker, DEFAULT);
    }

    static void install(BrokerController broker, Patience patience) {
        BooleanSupplier isMaster = () -> broker.getMessageStoreConfig().getBrokerRole() != BrokerRole.SLAVE;
        MetadataAnswers answers = new MetadataAnswers(isMaster, () -> versionsOf(broker), patience);
        ExecutorService held = DaemonThreads.pool("HotfireWhatHasChanged");
        broker.getRemotingServer().registerProcessor(WHAT_HAS_CHANGED, answers, held);
        broker.getRemotingServer().registerRPCHook(answers);
        broker.getFastRemotingServer().registerRPCHook(answers);
    }

    private static String versionsOf(BrokerController broker) {
        return text(broker.getTopicConfigManager().getDataVersion()) + "," + text(broker.getTopicQueueMappingManager().getDataVersion()) + ","
            + text(broker.getSubscriptionGroupManager().getDataVersion());
    }

    private static String text(DataVersion version) {
        return version.getStateVersion() + "." + version.getTimestamp() + "." + version.getCounter();
    }

    /** Fields of the request: slave, and, of the last answer that it has copied, master, number and versions. Of the answer: these three. NO_PERMISSION: it is no master. */
    @Override
    public RemotingCommand processRequest(ChannelHandlerContext context, RemotingCommand request) throws InterruptedException {
        RemotingCommand response = RemotingCommand.createResponseCommand(null);
        response.setOpaque(request.getOpaque());
        Map<String, String> fields = request.getExtFields();
        String slave = fields == null ? null : fields.get("slave");
        if (!isMaster.getAsBoolean()) {
            response.setCode(ResponseCode.NO_PERMISSION);
            response.setRemark("this broker is a slave itself");
            return response;
        }
        slaves.values().removeIf(this::isGone);
        if (slave == null || slaves.size() >= MOST_SLAVES && !slaves.containsKey(slave)) {
            response.setCode(ResponseCode.SYSTEM_ERROR);
            response.setRemark("a slave names itself, and a master has at most " + MOST_SLAVES);
            return response;
        }
        boolean isOurs = name.equals(fields.get("master"));
        Answer answer = answer(slave, isOurs ? Long.parseLong(fields.getOrDefault("number", "0")) : 0, isOurs ? fields.get("versions") : null);
        response.setCode(ResponseCode.SUCCESS);
        response.addExtField("master", name);
        response.addExtField("number", String.valueOf(answer.number));
        response.addExtField("versions", answer.versions);
        return response;
    }

    /** Waits while the slave has everything, for as long as it may be held at most. */
    synchronized Answer answer(String slave, long copied, String has) throws InterruptedException {
        long begin = System.nanoTime();
        slaves.put(slave, new Slave(copied, has, begin));
        notifyAll();
        while (versions.get().equals(has) && isMaster.getAsBoolean() && isWithin(patience.holdMs, begin)) {
            wait(LOOK_MS);
        }
        slaves.put(slave, new Slave(copied, has, System.nanoTime()));
        return new Answer(++answers, versions.get());
    }

    @Override
    public boolean rejectRequest() {
        return false;
    }

    @Override
    public void doBeforeRequest(String address, RemotingCommand request) {
    }

    /** The change is made, and its answer not yet sent. */
    @Override
    public void doAfterResponse(String address, RemotingCommand request, RemotingCommand response) {
        if (response != null && response.getCode() == ResponseCode.SUCCESS && CHANGES.contains(request.getCode())) {
            awaitSlaves();
        }
    }

    /** Until every slave that asks has copied an answer that was given from now on. */
    synchronized void awaitSlaves() {
        long begin = System.nanoTime();
        long before = answers;
        notifyAll();
        try {
            while (isWithin(patience.waitMs, begin) && slaves.values().stream().anyMatch(slave -> isBehind(slave, before))) {
                wait(LOOK_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not where the change changed nothing: the slave then waits for the next one. */
    private boolean isBehind(Slave slave, long before) {
        return slave.copied <= before && !versions.get().equals(slave.has) && !isGone(slave);
    }

    private boolean isGone(Slave slave) {
        return !isWithin(patience.goneMs, slave.heardAt);
    }

    private static boolean isWithin(int millis, long since) {
        return System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
