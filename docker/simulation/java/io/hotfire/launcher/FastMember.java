package io.hotfire.launcher;

import io.openmessaging.storage.dledger.DLedgerEntryPusher;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.DLedgerRpcNettyService;
import io.openmessaging.storage.dledger.DLedgerRpcService;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.ShutdownAbleThread;
import io.openmessaging.storage.dledger.store.file.DLedgerMmapFileStore;
import io.openmessaging.storage.dledger.utils.ResettableCountDownLatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the launcher puts into a DLedger server, without the broker around it: FastFailover and RestfulPolls, whose install needs one. */
public final class FastMember {
    private static final FailoverTimers FAST = new FailoverTimers(100, 500);

    private FastMember() {
    }

    public static void install(DLedgerServer server, boolean isFast) {
        try {
            if (isFast) {
                failover(server);
            }
            polls(server);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void failover(DLedgerServer server) throws ReflectiveOperationException {
        DLedgerRpcNettyService rpc = (DLedgerRpcNettyService) server.getDLedgerRpcService();
        DLedgerLeaderElector elector = server.getDLedgerLeaderElector();
        MemberState member = server.getMemberState();
        LeaderWatch watch = new LeaderWatch(FAST, server, rpc);
        MasterClaim claim = new MasterClaim(member, watch::patienceMs);
        MajorityHeard majority = new MajorityHeard(elector, member,
            PrivateField.of(DLedgerLeaderElector.class, "lastSuccHeartBeatTime", long.class));
        VoteRounds rounds = new VoteRounds(rpc, member, claim, majority, watch::voteDeadlineMs, watch::isLeading, watch::isLost, () -> { });
        PrivateField.of(DLedgerLeaderElector.class, "dLedgerRpcService", DLedgerRpcService.class).set(elector, rounds);
        watch.onNewerTerm(rounds::overtakenBy);
        watch.install();
    }

    private static void polls(DLedgerServer server) throws ReflectiveOperationException {
        Activity activity = new Activity();
        PrivateField<ResettableCountDownLatch> waitPoint = PrivateField.of(ShutdownAbleThread.class, "waitPoint", ResettableCountDownLatch.class);
        Object pusher = PrivateField.of(DLedgerServer.class, "dLedgerEntryPusher", DLedgerEntryPusher.class).get(server);
        List<Object> threads = new ArrayList<>();
        for (String name : List.of("entryHandler", "quorumAckChecker")) {
            threads.add(PrivateField.of(DLedgerEntryPusher.class, name, ShutdownAbleThread.class).get(pusher));
        }
        threads.addAll(PrivateField.of(DLedgerEntryPusher.class, "dispatcherMap", Map.class).get(pusher).values());
        threads.forEach(thread -> waitPoint.set(thread, activity.newLatch()));
        ((DLedgerMmapFileStore) server.getDLedgerStore()).addAppendHook((entry, buffer, offset) -> activity.happened());
        server.getDLedgerLeaderElector().addRoleChangeHandler(new DLedgerLeaderElector.RoleChangeHandler() {
            @Override
            public void handle(long term, MemberState.Role role) {
                activity.happened();
            }

            @Override
            public void startup() {
            }

            @Override
            public void shutdown() {
            }
        });
    }
}
