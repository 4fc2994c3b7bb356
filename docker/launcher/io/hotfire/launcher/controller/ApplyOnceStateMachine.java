package io.hotfire.launcher.controller;

import io.openmessaging.storage.dledger.entry.DLedgerEntry;
import io.openmessaging.storage.dledger.exception.DLedgerException;
import io.openmessaging.storage.dledger.snapshot.SnapshotReader;
import io.openmessaging.storage.dledger.snapshot.SnapshotWriter;
import io.openmessaging.storage.dledger.statemachine.CommittedEntryIterator;
import io.openmessaging.storage.dledger.statemachine.StateMachine;
import java.util.function.Consumer;

/**
 * A controller's state machine that takes each entry of its log once, in order.
 *
 * StateMachineCaller.doCommitted (190) notes what it has applied when all of a batch is: after a failure it begins again with the batch's first entry. It fails at each entry
 * that is not there yet ({@code CommittedCaller}), and at an event that cannot be applied. The epochs of masters and in-sync sets are no part of the events, they are
 * counted: a controller that was down for two switches said masterEpoch 11 instead of 3, and once it had led, its group could neither change its in-sync set
 * nor follow a new master (dledger#278).
 *
 * StateMachineCaller applies on one thread and begins at an index that only grows, so what is skipped here is exactly what has been applied by this
 * process, and RocketMQ would skip it as well had it noted it. Memory begins empty with the process, as does the number kept here. An entry whose
 * event fails is not noted and comes again.
 */
final class ApplyOnceStateMachine implements StateMachine {
    private final StateMachine machine;
    private final Consumer<DLedgerEntry> onApplied;
    private volatile long applied = -1;

    /** {@code onApplied} is told of each entry once it has been applied, before those who wait for it are answered. */
    ApplyOnceStateMachine(StateMachine machine, Consumer<DLedgerEntry> onApplied) {
        this.machine = machine;
        this.onApplied = onApplied;
    }

    /** The index of the last entry that has been applied, -1 for none. */
    long applied() {
        return applied;
    }

    @Override
    public void onApply(CommittedEntryIterator entries) {
        machine.onApply(new Rest(entries));
    }

    /** Those entries of an iterator that have not been applied: one counts as applied when the machine asks for another. */
    private final class Rest extends CommittedEntryIterator {
        private final CommittedEntryIterator entries;
        private DLedgerEntry next;
        private DLedgerEntry given;

        Rest(CommittedEntryIterator entries) {
            super(null, 0, null, 0, null);
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            if (given != null) {
                applied = given.getIndex();
                onApplied.accept(given);
                given = null;
            }
            while (next == null && entries.hasNext()) {
                DLedgerEntry entry = entries.next();
                next = entry.getIndex() > applied ? entry : null;
            }
            return next != null;
        }

        @Override
        public DLedgerEntry next() {
            given = next;
            next = null;
            return given;
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
