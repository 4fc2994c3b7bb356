package io.hotfire.launcher;

import io.openmessaging.storage.dledger.DLedgerEntryPusher;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.ShutdownAbleThread;
import io.openmessaging.storage.dledger.store.file.DLedgerMmapFileStore;
import io.openmessaging.storage.dledger.utils.ResettableCountDownLatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.PatientReput;
import org.apache.rocketmq.store.dledger.DLedgerCommitLog;

/**
 * A DLedger broker polls for work in five threads, every millisecond, which is most of what it uses when there is none. Here they poll
 * so while there is work (and for a moment after), and are woken by it at rest: what DLedger's threads wait on is replaced, before
 * they start. An append, a push, an answer to one, a changed role: each counts as work.
 */
final class RestfulPolls {
    private RestfulPolls() {
    }

    static void install(BrokerController broker) throws ReflectiveOperationException {
        if (!(broker.getMessageStore() instanceof DefaultMessageStore)) {
            return;
        }
        DefaultMessageStore store = (DefaultMessageStore) broker.getMessageStore();
        if (!(store.getCommitLog() instanceof DLedgerCommitLog)) {
            return;
        }
        DLedgerServer dledger = ((DLedgerCommitLog) store.getCommitLog()).getdLedgerServer();
        Activity activity = new Activity();
        PrivateField<ResettableCountDownLatch> waitPoint = PrivateField.of(ShutdownAbleThread.class, "waitPoint", ResettableCountDownLatch.class);
        for (ShutdownAbleThread thread : pollingThreads(dledger)) {
            waitPoint.set(thread, activity.newLatch());
        }
        PatientLatch reput = activity.newLatch();
        PatientReput.install(store, () -> {
            reput.reset();
            reput.await(1, TimeUnit.MILLISECONDS);
        });
        ((DLedgerMmapFileStore) dledger.getDLedgerStore()).addAppendHook((entry, buffer, offset) -> activity.happened());
        dledger.getDLedgerLeaderElector().addRoleChangeHandler(new RoleChange(activity));
    }

    private static List<ShutdownAbleThread> pollingThreads(DLedgerServer dledger) throws ReflectiveOperationException {
        Object pusher = PrivateField.of(DLedgerServer.class, "dLedgerEntryPusher", DLedgerEntryPusher.class).get(dledger);
        List<ShutdownAbleThread> threads = new ArrayList<>();
        for (String name : List.of("entryHandler", "quorumAckChecker")) {
            threads.add(PrivateField.of(DLedgerEntryPusher.class, name, ShutdownAbleThread.class).get(pusher));
        }
        for (Object dispatcher : PrivateField.of(DLedgerEntryPusher.class, "dispatcherMap", Map.class).get(pusher).values()) {
            threads.add((ShutdownAbleThread) dispatcher);
        }
        return threads;
    }

    private record RoleChange(Activity activity) implements DLedgerLeaderElector.RoleChangeHandler {
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
