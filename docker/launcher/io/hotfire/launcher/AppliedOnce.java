package io.hotfire.launcher;

import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.entry.DLedgerEntry;
import io.openmessaging.storage.dledger.exception.DLedgerException;
import io.openmessaging.storage.dledger.snapshot.SnapshotReader;
import io.openmessaging.storage.dledger.snapshot.SnapshotWriter;
import io.openmessaging.storage.dledger.statemachine.CommittedEntryIterator;
import io.openmessaging.storage.dledger.statemachine.StateMachine;
import org.apache.rocketmq.controller.ControllerManager;
import org.apache.rocketmq.controller.impl.DLedgerController;

/**
 * A controller's state machine that takes each entry of its log once, in order.
 *
 * A follower that is behind is told to apply up to the leader's commit index (DLedgerEntryPusher:250), also where its own log ends before that.
 * StateMachineCaller.doCommitted (190) then fails at the first entry that is not there, notes nothing, and begins again with the next entry that
 * arrives. The epochs of masters and in-sync sets are no part of the events, they are counted: a controller that was down for two switches said
 * masterEpoch 11 instead of 3, and once it had led, its group could neither change its in-sync set nor follow a new master (dledger#278).
 *
 * StateMachineCaller applies on one thread and begins at an index that only grows, so what is skipped here is exactly what has been applied by this
 * process, and RocketMQ would skip it as well had it noted it. Memory begins empty with the process, as does the number kept here. An entry whose
 * event fails is not noted and comes again.
 */
final class AppliedOnce implements StateMachine {
    private final StateMachine machine;
    private long applied = -1;

    AppliedOnce(StateMachine machine) {
        this.machine = machine;
    }

    /** Between the controller's creation and its start. */
    static void install(ControllerManager controllers) throws NoSuchFieldException {
        if (controllers.getController() instanceof DLedgerController controller) {
            install(controller);
        }
    }

    static void install(DLedgerController controller) throws NoSuchFieldException {
        DLedgerServer server = PrivateField.of(DLedgerController.class, "dLedgerServer", DLedgerServer.class).get(controller);
        server.registerStateMachine(new AppliedOnce(server.getStateMachine()));
    }

    @Override
    public void onApply(CommittedEntryIterator entries) {
        machine.onApply(new Rest(entries));
    }

    /** Those entries of an iterator that have not been applied: one counts as applied when the machine asks for another. */
    private final class Rest extends CommittedEntryIterator {
        private final CommittedEntryIterator entries;
        private DLedgerEntry next;
        private long given = -1;

        Rest(CommittedEntryIterator entries) {
            super(null, 0, null, 0, null);
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            applied = Math.max(applied, given);
            while (next == null && entries.hasNext()) {
                DLedgerEntry entry = entries.next();
                next = entry.getIndex() > applied ? entry : null;
            }
            return next != null;
        }

        @Override
        public DLedgerEntry next() {
            DLedgerEntry entry = next;
            next = null;
            given = entry.getIndex();
            return entry;
        }
    }

    @Override
    public boolean onSnapshotSave(SnapshotWriter writer) {
        return machine.onSnapshotSave(writer);
    }

    @Override
    public boolean onSnapshotLoad(SnapshotReader reader) {
        return machine.onSnapshotLoad(reader);
    }

    @Override
    public void onShutdown() {
        machine.onShutdown();
    }

    @Override
    public void onError(DLedgerException error) {
        machine.onError(error);
    }

    @Override
    public String generateDLedgerId(String group, String self) {
        return machine.generateDLedgerId(group, self);
    }

    @Override
    public String getBindDLedgerId() {
        return machine.getBindDLedgerId();
    }
}
