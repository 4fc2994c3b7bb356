package io.hotfire.launcher;

import io.openmessaging.storage.dledger.DLedgerEntryPusher;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.DLedgerRpcNettyService;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.ShutdownAbleThread;
import java.util.ArrayList;
import java.util.List;

/** What the launcher puts into a broker's DLedger server, without the broker around it: RaftGroup, FastFailover and RestfulPolls, whose install needs one. */
public final class FastMember {
    private static final FailoverTimers FAST = new FailoverTimers(100, 500);

    private FastMember() {
    }

    /** False while its disk was empty, and it does not have its group's log yet. */
    public static boolean mayVote(MemberState member) {
        return member instanceof DurableMember durable && durable.mayVote();
    }

    /** {@code onTakenBack} is run when entries that counted as committed are cut off, which happens in groups with unmended members only. */
    public static void install(DLedgerServer server, boolean isFast, Runnable onTakenBack) {
        OwnTermStore entries = MendedLog.of(server).entries();
        entries.onTakenBack(position -> onTakenBack.run());
        Opening opening = new Opening(server, entries, isFast);
        server.getDLedgerLeaderElector().addRoleChangeHandler(opening);
        if (isFast) {
            failover(server);
        }
        polls(server, entries);
    }

    /** As FastFailover.install does. */
    static void failover(DLedgerServer server) {
        DLedgerRpcNettyService rpc = (DLedgerRpcNettyService) server.getDLedgerRpcService();
        DLedgerLeaderElector elector = server.getDLedgerLeaderElector();
        MemberState member = server.getMemberState();
        LeaderWatch watch = new LeaderWatch(FAST, server, rpc);
        MasterClaim claim = new MasterClaim(member, watch::patienceMs);
        MajorityHeard majority = new MajorityHeard(elector, member);
        VoteRounds rounds = new VoteRounds(InsideDLedger.ELECTOR_RPC.get(elector), member, claim, majority, watch::voteDeadlineMs, watch::isLeading, watch::isLost, () -> { });
        InsideDLedger.ELECTOR_RPC.set(elector, rounds);
        InsideDLedger.RANDOM.set(elector, new FastFailover.TurnRandom());
        watch.onNewerTerm(rounds::overtakenBy);
        watch.onFollowing(rounds::follows);
        watch.install();
    }

    /** As RestfulPolls.install does. */
    static void polls(DLedgerServer server, OwnTermStore entries) {
        Activity activity = new Activity();
        DLedgerEntryPusher pusher = InsideDLedger.SERVER_PUSHER.get(server);
        List<ShutdownAbleThread> threads = new ArrayList<>(List.of(InsideDLedger.ENTRY_HANDLER.get(pusher), InsideDLedger.ACK_CHECKER.get(pusher)));
        for (Object dispatcher : InsideDLedger.DISPATCHERS.get(pusher).values()) {
            threads.add((ShutdownAbleThread) dispatcher);
        }
        threads.forEach(thread -> InsideDLedger.WAIT_POINT.set(thread, activity.newLatch()));
        entries.addAppendHook((entry, buffer, offset) -> activity.happened());
        server.getDLedgerLeaderElector().addRoleChangeHandler(new Opening(server, entries, true) {
            @Override
            public void handle(long term, MemberState.Role role) {
                activity.happened();
            }
        });
    }
}
