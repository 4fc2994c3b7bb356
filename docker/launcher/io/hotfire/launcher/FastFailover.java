package io.hotfire.launcher;

import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.DLedgerRpcNettyService;
import java.util.Random;
import org.apache.rocketmq.broker.BrokerController;

/**
 * DLedger with a profile's timers: who leads and what counts as committed stays Raft's business, only when a broker asks and how long it
 * waits is changed (docs/failover.md).
 */
final class FastFailover {
    private FastFailover() {
    }

    /** Between the broker's initialization and its start. */
    static void install(BrokerController broker, RaftGroup group, FailoverTimers timers) {
        DLedgerLeaderElector elector = group.server().getDLedgerLeaderElector();
        if (!(group.server().getDLedgerRpcService() instanceof DLedgerRpcNettyService rpc)) {
            throw new ConfigurationException("DLedgerServer.getDLedgerRpcService() is no DLedgerRpcNettyService");
        }
        LeaderWatch watch = new LeaderWatch(timers, group.server(), rpc);
        MasterClaim claim = new MasterClaim(group.member(), watch::patienceMs);
        MajorityHeard majority = new MajorityHeard(elector, group.member());
        VoteRounds rounds = new VoteRounds(InsideDLedger.ELECTOR_RPC.get(elector), group.member(), claim, majority, watch::voteDeadlineMs, watch::isLeading, watch::isLost,
            group.roles()::peerIsBack);
        InsideDLedger.ELECTOR_RPC.set(elector, rounds);
        InsideDLedger.RANDOM.set(elector, new TurnRandom());
        watch.onNewerTerm(rounds::overtakenBy);
        watch.onFollowing(rounds::follows);
        broker.getBrokerOuterAPI().registerRPCHook(claim);
        watch.install();
        System.out.println("hotfire: failover: heartbeats every " + timers.heartbeatMs() + " ms, a leader is missed after " + timers.silenceMs()
            + " ms");
    }

    /** The elector reads the two bounds of its turn one after another; {@link Turns} may set both in between, and then there is none. */
    static final class TurnRandom extends Random {
        private static final long serialVersionUID = 1L;

        @Override
        public int nextInt(int bound) {
            return bound <= 0 ? 0 : super.nextInt(bound);
        }
    }
}
