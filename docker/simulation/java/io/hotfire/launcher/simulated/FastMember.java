package io.hotfire.launcher.simulated;

import io.hotfire.launcher.failover.FailoverTimers;
import io.hotfire.launcher.failover.FastFailover;
import io.hotfire.launcher.polling.IdlePolling;
import io.hotfire.launcher.raft.CurrentTermStore;
import io.hotfire.launcher.raft.DurableMember;
import io.hotfire.launcher.raft.DurableServer;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.MemberState;

/** What the launcher puts into a broker's DLedger server, without the broker around it, which DLedgerGroup needs. */
public final class FastMember {
    static final FailoverTimers FAST = new FailoverTimers(100, 500);

    private FastMember() {
    }

    /** False while its disk was empty, and it does not have its group's log yet. */
    public static boolean mayVote(MemberState member) {
        return member instanceof DurableMember durable && durable.mayVote();
    }

    /** {@code onTakenBack} is run when entries that counted as committed are cut off, which happens in groups with unmended members only. */
    public static void install(DLedgerServer server, boolean isFast, Runnable onTakenBack) {
        CurrentTermStore entries = DurableServer.of(server).entries();
        entries.onTakenBack(position -> onTakenBack.run());
        server.getDLedgerLeaderElector().addRoleChangeHandler(new Opening(server, entries, isFast));
        if (isFast) {
            FastFailover.install(server, FAST, () -> { });
        }
        IdlePolling.install(server, entries);
    }
}
