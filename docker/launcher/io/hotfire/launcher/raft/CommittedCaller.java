package io.hotfire.launcher.raft;

import io.hotfire.launcher.internals.DLedgerInternals;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.snapshot.SnapshotManager;
import io.openmessaging.storage.dledger.statemachine.StateMachine;
import io.openmessaging.storage.dledger.statemachine.StateMachineCaller;
import io.openmessaging.storage.dledger.store.DLedgerStore;
import java.util.Optional;

/**
 * Applies what its log counts as committed, and no more. DLedgerEntryPusher tells the state machine an index of its own: a leader the one that a majority has
 * copied (QuorumAckChecker:333), also where the last entry there is of an earlier term (H4), a follower its leader's (updateCommittedIndex:250), also
 * where its own log ends before that (C1). The store has the right one, and what was applied is never cut off it.
 */
public final class CommittedCaller extends StateMachineCaller {
    private final DLedgerStore entries;

    private CommittedCaller(DurableServer log, StateMachine machine) {
        super(log.entries(), machine, DLedgerInternals.SERVER_PUSHER.get(log.server()));
        this.entries = log.entries();
    }

    /** As DLedgerServer.registerStateMachine does it, before the server starts. */
    public static void install(DurableServer log, StateMachine machine) {
        DLedgerServer server = log.server();
        CommittedCaller caller = new CommittedCaller(log, machine);
        caller.registerSnapshotManager(new SnapshotManager(server));
        log.entries().setEnableCleanSpaceService(false);
        DLedgerInternals.SERVER_CALLER.set(server, Optional.of(caller));
        DLedgerInternals.SERVER_PUSHER.get(server).registerStateMachine(Optional.of(caller));
    }

    @Override
    public boolean onCommitted(long index) {
        return super.onCommitted(Math.min(index, entries.getCommittedIndex()));
    }
}
