package io.hotfire.launcher.polling;

import io.hotfire.launcher.dledger.DLedgerGroup;
import io.hotfire.launcher.internals.DLedgerInternals;
import io.hotfire.launcher.raft.CurrentTermStore;
import io.openmessaging.storage.dledger.DLedgerEntryPusher;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.ShutdownAbleThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.common.ServiceThread;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.PatientReput;

/**
 * A member of a DLedger group polls for work in a thread for each peer and two more, a broker in another one, every millisecond, which is most of what it uses when there is
 * none. Here they poll so while there is work (and for a moment after), and are woken by it at rest: what DLedger's threads wait on is replaced, before
 * they start. An append, a push, an answer to one, a changed role: each counts as work.
 */
public final class IdlePolling {
    private IdlePolling() {
    }

    /** Of a broker, whose index of its messages polls too. */
    public static void install(DLedgerGroup group) {
        IdleLatch reput = rest(group.server(), group.entries()).newLatch();
        DefaultMessageStore store = group.store();
        ServiceThread index = PatientReput.insteadOf(DLedgerInternals.REPUT.get(store), store, () -> {
            reput.reset();
            reput.await(1, TimeUnit.MILLISECONDS);
        });
        DLedgerInternals.REPUT.set(store, index);
        group.entries().onTakenBack(position -> PatientReput.restartFrom(index, store, position));
    }

    /** Of any member. */
    public static void install(DLedgerServer dledger, CurrentTermStore entries) {
        rest(dledger, entries);
    }

    /** Returns what counts as work. */
    private static Activity rest(DLedgerServer dledger, CurrentTermStore entries) {
        Activity activity = new Activity();
        for (ShutdownAbleThread thread : pollingThreads(dledger)) {
            DLedgerInternals.WAIT_POINT.set(thread, activity.newLatch());
        }
        entries.addAppendHook((entry, buffer, offset) -> activity.happened());
        dledger.getDLedgerLeaderElector().addRoleChangeHandler(new Work(activity));
        return activity;
    }

    private static List<ShutdownAbleThread> pollingThreads(DLedgerServer dledger) {
        DLedgerEntryPusher pusher = DLedgerInternals.SERVER_PUSHER.get(dledger);
        List<ShutdownAbleThread> threads = new ArrayList<>(List.of(DLedgerInternals.ENTRY_HANDLER.get(pusher), DLedgerInternals.ACK_CHECKER.get(pusher)));
        for (Object dispatcher : DLedgerInternals.DISPATCHERS.get(pusher).values()) {
            threads.add((ShutdownAbleThread) dispatcher);
        }
        return threads;
    }

    private record Work(Activity activity) implements DLedgerLeaderElector.RoleChangeHandler {
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
    }
}
