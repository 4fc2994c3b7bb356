package io.hotfire.launcher.failover;

import io.hotfire.launcher.configuration.ConfigurationException;
import io.hotfire.launcher.dledger.DLedgerGroup;
import io.hotfire.launcher.internals.DLedgerInternals;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.DLedgerRpcNettyService;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.MemberState;
import java.util.Random;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.remoting.RPCHook;

/**
 * DLedger with a profile's timers, of brokers and of controllers: who leads and what counts as committed stays Raft's business, only when a member asks and how long it
 * waits is changed (docs/explanation/failover.md).
 */
public final class FastFailover {
    private FastFailover() {
    }

    /** Between the broker's initialization and its start. */
    public static void install(BrokerController broker, DLedgerGroup group, FailoverTimers timers) {
        broker.getBrokerOuterAPI().registerRPCHook(install(group.server(), timers, group.roles()::peerIsBack));
    }

    /**
     * When the server's member and log have been mended ({@code DurableServer}), and before it starts. {@code onReturn} is run when a peer answers a heartbeat again after it
     * has been out of reach. Returns what holds back registrations as master, for the client that registers.
     */
    public static RPCHook install(DLedgerServer server, FailoverTimers timers, Runnable onReturn) {
        DLedgerLeaderElector elector = server.getDLedgerLeaderElector();
        if (!(server.getDLedgerRpcService() instanceof DLedgerRpcNettyService rpc)) {
            throw new ConfigurationException("DLedgerServer.getDLedgerRpcService() is no DLedgerRpcNettyService");
        }
        MemberState member = server.getMemberState();
        LeaderFailureDetector detector = new LeaderFailureDetector(timers, server, rpc);
        LeaderLease lease = new LeaderLease(member, detector::patienceMs);
        QuorumContact quorum = new QuorumContact(elector, member);
        VoteRounds rounds = new VoteRounds(DLedgerInternals.ELECTOR_RPC.get(elector), member, lease, quorum, detector::voteDeadlineMs, detector::isLeading, detector::isLost,
            onReturn);
        DLedgerInternals.ELECTOR_RPC.set(elector, rounds);
        DLedgerInternals.RANDOM.set(elector, new TurnRandom());
        detector.onNewerTerm(rounds::overtakenBy);
        detector.onFollowing(rounds::follows);
        detector.install();
        System.out.println("hotfire: failover: heartbeats every " + timers.heartbeatMs() + " ms, a leader is missed after " + timers.silenceMs()
            + " ms");
        return lease;
    }

    /** The elector reads the two bounds of its turn one after another; {@link ElectionBackoff} may set both in between, and then there is none. */
    static final class TurnRandom extends Random {
        private static final long serialVersionUID = 1L;

        @Override
        public int nextInt(int bound) {
            return bound <= 0 ? 0 : super.nextInt(bound);
        }
    }
}
