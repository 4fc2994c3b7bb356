package io.hotfire.launcher.nameserver;

import io.hotfire.launcher.internals.BrokerInternals;
import io.hotfire.launcher.runtime.DaemonThreads;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.out.BrokerOuterAPI;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.common.AbortProcessException;
import org.apache.rocketmq.common.BrokerIdentity;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.exception.RemotingCommandException;
import org.apache.rocketmq.remoting.exception.RemotingConnectException;
import org.apache.rocketmq.remoting.exception.RemotingSendRequestException;
import org.apache.rocketmq.remoting.exception.RemotingTimeoutException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.body.SubscriptionGroupWrapper;
import org.apache.rocketmq.remoting.protocol.body.TopicConfigAndMappingSerializeWrapper;
import org.apache.rocketmq.remoting.protocol.body.TopicConfigSerializeWrapper;
import org.apache.rocketmq.remoting.protocol.header.namesrv.RegisterBrokerRequestHeader;
import org.apache.rocketmq.remoting.protocol.namesrv.RegisterBrokerResult;

/**
 * The broker's way to the name servers, on which one that does not answer holds up nothing but whoever wants its answer.
 *
 * BrokerController registers, and starts and stops the services of a master, in its own monitor, and waits in it for each name server's answer, for
 * registerBrokerTimeoutMills (24 s): every 10 s and more with one that is frozen, so that a role change, and the other name server with it, waited
 * for 8 to 60 s. Whoever has asked for an answer still waits for it here, and lets go of the monitor meanwhile. A registration that only has to
 * be sent never waits, nor for one of the few threads that others of them keep.
 *
 * RocketMQ also registers with those name servers only to which its client has a connection at that moment, and the connection may come a moment later, on a machine that
 * starts a whole cluster most of all: clients then found the broker 10 s later, with its next registration. Here it registers again when the client has found the others.
 */
public final class PromptRegistration extends BrokerOuterAPI {
    private final BrokerController broker;
    /** RocketMQ's client looks for name servers every 3 s (connectTimeoutMillis); after this long the broker's next registration is due. */
    private static final int FOUND_MS = 10_000;
    private static final int LOOK_MS = 50;

    private final ScheduledExecutorService looks = DaemonThreads.scheduler("HotfireNamesrvLook");
    private final AtomicBoolean isLooking = new AtomicBoolean();
    /** How often; only whoever stops the broker counts. */
    private final AtomicInteger unregistered = new AtomicInteger();
    private final Map<String, Long> configurations = new ConcurrentHashMap<>();
    private final ExecutorService calls = DaemonThreads.pool("HotfireNamesrvCall");

    private PromptRegistration(BrokerController broker) {
        super(broker.getNettyClientConfig(), broker.getAuthConfig());
        this.broker = broker;
        registerRPCHook(new Role());
    }

    /** Before the broker is initialized: nothing has used what this replaces. */
    public static void install(BrokerController broker) {
        PromptRegistration api = new PromptRegistration(broker);
        BrokerInternals.OUTER_EXECUTOR.get(api).shutdown();
        BrokerInternals.OUTER_EXECUTOR.set(api, api.calls);
        BrokerInternals.OUTER_API.get(broker).shutdown();
        BrokerInternals.OUTER_API.set(broker, api);
    }

    @Override
    public List<RegisterBrokerResult> registerBrokerAll(
        String clusterName, String brokerAddr, String brokerName, long brokerId, String haServerAddr, TopicConfigSerializeWrapper topics,
        List<String> filterServers, boolean oneway, int timeoutMills, boolean enableActingMaster, boolean compressed, Long heartbeatTimeoutMillis,
        BrokerIdentity identity
    ) {
        List<String> configured = getNameServerAddressList();
        Set<String> missed = configured == null ? new HashSet<>() : new HashSet<>(configured);
        missed.removeAll(getRemotingClient().getAvailableNameSrvList());
        if (!missed.isEmpty() && isLooking.compareAndSet(false, true)) {
            lookFor(missed, FOUND_MS / LOOK_MS, unregistered.get());
        }
        Supplier<List<RegisterBrokerResult>> call = () -> super.registerBrokerAll(clusterName, brokerAddr, brokerName, brokerId, haServerAddr, topics,
            filterServers, oneway, timeoutMills, enableActingMaster, compressed, heartbeatTimeoutMillis, identity);
        return oneway ? call.get() : outside(call, List.of());
    }

    private void lookFor(Set<String> missed, int times, int before) {
        looks.schedule(DaemonThreads.guarded("registration with name servers that were found later", () -> {
            boolean isWanted = unregistered.get() == before && !broker.isIsolated();
            boolean isFound = !Collections.disjoint(missed, getRemotingClient().getAvailableNameSrvList());
            if (isWanted && !isFound && times > 0) {
                lookFor(missed, times - 1, before);
                return;
            }
            isLooking.set(false);
            if (isWanted && isFound) {
                broker.registerBrokerAll(true, false, true);
            }
        }), LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /** A broker that stops does this first, and is found no more from then on. */
    @Override
    public void unregisterBrokerAll(String clusterName, String brokerAddr, String brokerName, long brokerId) {
        unregistered.incrementAndGet();
        super.unregisterBrokerAll(clusterName, brokerAddr, brokerName, brokerId);
    }

    public static PromptRegistration of(BrokerController broker) {
        return (PromptRegistration) broker.getBrokerOuterAPI();
    }

    /** How many tables of topics and of groups that master has given. */
    public long configurationsFrom(String master) {
        return configurations.getOrDefault(master, 0L);
    }

    @Override
    public TopicConfigAndMappingSerializeWrapper getAllTopicConfig(String master)
        throws RemotingConnectException, RemotingSendRequestException, RemotingTimeoutException, InterruptedException, MQBrokerException, RemotingCommandException {
        return counted(master, super.getAllTopicConfig(master));
    }

    @Override
    public SubscriptionGroupWrapper getAllSubscriptionGroupConfig(String master)
        throws InterruptedException, RemotingTimeoutException, RemotingSendRequestException, RemotingConnectException, MQBrokerException, RemotingCommandException {
        return counted(master, super.getAllSubscriptionGroupConfig(master));
    }

    private <T> T counted(String master, T table) {
        configurations.merge(master, 1L, Long::sum);
        return table;
    }

    @Override
    public List<Boolean> needRegister(
        String clusterName, String brokerAddr, String brokerName, long brokerId, TopicConfigSerializeWrapper topics, int timeoutMills,
        boolean isInBrokerContainer
    ) {
        return outside(
            () -> super.needRegister(clusterName, brokerAddr, brokerName, brokerId, topics, timeoutMills, isInBrokerContainer), List.of());
    }

    @Override
    public void registerSingleTopicAll(String brokerName, TopicConfig topic, int timeoutMills) {
        outside(() -> {
            super.registerSingleTopicAll(brokerName, topic, timeoutMills);
            return null;
        }, null);
    }

    /** Waiting for an object lets go of its monitor, and has it again afterwards, so that the caller notices nothing. */
    private <T> T outside(Supplier<T> call, T none) {
        if (!Thread.holdsLock(broker)) {
            return call.get();
        }
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(call, calls);
        answer.whenComplete((value, failure) -> {
            synchronized (broker) {
                broker.notifyAll();
            }
        });
        try {
            while (!answer.isDone()) {
                broker.wait();
            }
            return answer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return none;
        }
    }

    /**
     * What was to be sent before a role change and could not be (a connection that had to be made first) may come after what was sent behind it: a
     * broker does not register in a role that it has no more.
     */
    private final class Role implements RPCHook {
        @Override
        public void doBeforeRequest(String address, RemotingCommand request) {
            if (request.getCode() == RequestCode.REGISTER_BROKER && request.readCustomHeader() instanceof RegisterBrokerRequestHeader header
                && header.getBrokerId() != broker.getBrokerConfig().getBrokerId()) {
                throw new AbortProcessException(ResponseCode.SYSTEM_ERROR, "not registered with the role of before: id " + header.getBrokerId());
            }
        }

        @Override
        public void doAfterResponse(String address, RemotingCommand request, RemotingCommand response) {
        }
    }
}
