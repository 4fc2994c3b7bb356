package io.hotfire.launcher;

import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.DLedgerRpcNettyService;
import io.openmessaging.storage.dledger.DLedgerRpcService;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.MemberState;
import java.util.List;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.dledger.DLedgerRoleChangeHandler;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.dledger.DLedgerCommitLog;

/**
 * DLedger with a profile's timers: who leads and what counts as committed stays DLedger's business, only when it asks and how long it
 * waits is changed (docs/failover.md). Three private fields of its elector are reached; a version that lacks them is refused.
 */
final class FastFailover {
    private FastFailover() {
    }

    /** Between the broker's initialization and its start. */
    static void install(BrokerController broker, FailoverTimers timers) {
        if (timers == null || !(broker.getMessageStore() instanceof DefaultMessageStore store)
            || !(store.getCommitLog() instanceof DLedgerCommitLog log)) {
            return;
        }
        DLedgerServer server = log.getdLedgerServer();
        DLedgerLeaderElector elector = server.getDLedgerLeaderElector();
        if (!(server.getDLedgerRpcService() instanceof DLedgerRpcNettyService rpc)) {
            throw refused("DLedgerServer.getDLedgerRpcService() is no DLedgerRpcNettyService");
        }
        PrivateField<DLedgerRpcService> service = field("dLedgerRpcService", DLedgerRpcService.class);
        PrivateField<Long> lastHeard = field("lastSuccHeartBeatTime", long.class);
        List<DLedgerLeaderElector.RoleChangeHandler> handlers = handlersOf(elector);

        LeaderWatch watch = new LeaderWatch(timers, server, rpc);
        QuickRoleChange roles = new QuickRoleChange(broker, store, watch.clock());
        replaceHandler(handlers, roles);
        MemberState member = server.getMemberState();
        MasterClaim claim = new MasterClaim(member, watch::patienceMs);
        MajorityHeard majority = new MajorityHeard(elector, member, lastHeard);
        VoteRounds rounds = new VoteRounds(rpc, member, claim, majority, watch::voteDeadlineMs, watch::isLeading, watch::isLost,
            () -> roles.registerAgain(member.currTerm()));
        service.set(elector, rounds);
        watch.onNewerTerm(rounds::overtakenBy);
        broker.getBrokerOuterAPI().registerRPCHook(claim);
        watch.install();
        System.out.println("hotfire: failover: heartbeats every " + timers.heartbeatMs() + " ms, a leader is missed after " + timers.silenceMs()
            + " ms");
    }

    @SuppressWarnings("unchecked")
    private static List<DLedgerLeaderElector.RoleChangeHandler> handlersOf(DLedgerLeaderElector elector) {
        return field("roleChangeHandlers", List.class).get(elector);
    }

    private static void replaceHandler(List<DLedgerLeaderElector.RoleChangeHandler> handlers, QuickRoleChange roles) {
        if (handlers.size() != 1 || handlers.get(0).getClass() != DLedgerRoleChangeHandler.class) {
            throw refused("DLedgerLeaderElector has other role change handlers: " + handlers);
        }
        handlers.set(0, roles).shutdown();
    }

    private static <T> PrivateField<T> field(String name, Class<T> type) {
        try {
            return PrivateField.of(DLedgerLeaderElector.class, name, type);
        } catch (NoSuchFieldException e) {
            throw refused(e.getMessage());
        }
    }

    private static ConfigurationException refused(String why) {
        return new ConfigurationException("fast failover does not fit this version of DLedger: " + why + "; use failover: stock");
    }
}
