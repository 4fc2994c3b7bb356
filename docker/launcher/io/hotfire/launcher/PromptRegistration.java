package io.hotfire.launcher;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.out.BrokerOuterAPI;
import org.apache.rocketmq.common.AbortProcessException;
import org.apache.rocketmq.common.BrokerIdentity;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
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
 */
final class PromptRegistration extends BrokerOuterAPI {
    private final BrokerController broker;
    private final ExecutorService calls = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "HotfireNamesrvCall");
        thread.setDaemon(true);
        return thread;
    });

    private PromptRegistration(BrokerController broker) {
        super(broker.getNettyClientConfig(), broker.getAuthConfig());
        this.broker = broker;
        registerRPCHook(new Role());
    }

    /** Before the broker is initialized: nothing has used what this replaces. */
    static void install(BrokerController broker) {
        PromptRegistration api = new PromptRegistration(broker);
        InsideBroker.OUTER_EXECUTOR.get(api).shutdown();
        InsideBroker.OUTER_EXECUTOR.set(api, api.calls);
        InsideBroker.OUTER_API.get(broker).shutdown();
        InsideBroker.OUTER_API.set(broker, api);
    }

    @Override
    public List<RegisterBrokerResult> registerBrokerAll(
        String clusterName, String brokerAddr, String brokerName, long brokerId, String haServerAddr, TopicConfigSerializeWrapper topics,
        List<String> filterServers, boolean oneway, int timeoutMills, boolean enableActingMaster, boolean compressed, Long heartbeatTimeoutMillis,
        BrokerIdentity identity
    ) {
        Supplier<List<RegisterBrokerResult>> call = () -> super.registerBrokerAll(clusterName, brokerAddr, brokerName, brokerId, haServerAddr, topics,
            filterServers, oneway, timeoutMills, enableActingMaster, compressed, heartbeatTimeoutMillis, identity);
        return oneway ? call.get() : outside(call, List.of());
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
