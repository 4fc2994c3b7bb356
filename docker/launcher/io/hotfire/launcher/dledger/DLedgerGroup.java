package io.hotfire.launcher.dledger;

import io.hotfire.launcher.configuration.ConfigurationException;
import io.hotfire.launcher.internals.BrokerInternals;
import io.hotfire.launcher.internals.DLedgerInternals;
import io.hotfire.launcher.raft.CurrentTermStore;
import io.hotfire.launcher.raft.DurableMember;
import io.hotfire.launcher.raft.DurableServer;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.DLedgerServer;
import java.util.List;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.dledger.DLedgerRoleChangeHandler;
import org.apache.rocketmq.store.ConsumeQueue;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.dledger.DLedgerCommitLog;
import org.rocksdb.RocksDBException;

/** This broker's part in its DLedger group, with what the launcher replaces in each profile because entries, votes or queue offsets are lost without. */
public record DLedgerGroup(DefaultMessageStore store, DLedgerServer server, DurableMember member, CurrentTermStore entries, RoleChange roles) {
    /**
     * A leader sends an entry to its followers in base64 within JSON, four bytes for three, and Netty refuses a frame above 16 MiB (NettyDecoder). A message that does not
     * fit would be in the leader's log and on no follower, and nothing behind it would ever be committed. Less than the 12 MiB: header and properties.
     */
    static final int LARGEST_MESSAGE = 11 * 1024 * 1024;

    /** Null for a broker without DLedger. When its stores have been made, and before they are loaded. */
    public static DLedgerGroup mend(BrokerController broker, boolean isPrompt) {
        DefaultMessageStore store = BrokerInternals.storeOf(broker);
        if (!(store.getCommitLog() instanceof DLedgerCommitLog log)) {
            return null;
        }
        int largest = broker.getMessageStoreConfig().getMaxMessageSize();
        if (largest > LARGEST_MESSAGE) {
            throw new ConfigurationException("maxMessageSize is " + largest + ", and DLedger replicates no message above " + LARGEST_MESSAGE + " bytes: it would stop the group for good");
        }
        DLedgerServer server = log.getdLedgerServer();
        DurableServer mended = DurableServer.of(server);
        CurrentTermStore entries = mended.entries();
        entries.appendHooks.addAll(DLedgerInternals.LOG_STORE.get(log).appendHooks);
        DLedgerInternals.LOG_STORE.set(log, entries);
        DLedgerInternals.LOG_FILES.set(log, entries.getDataFileList());
        RoleChange roles = new RoleChange(broker, store, entries, isPrompt);
        replaceHandler(server.getDLedgerLeaderElector(), roles);
        return new DLedgerGroup(store, server, mended.member(), entries, roles);
    }

    /**
     * When the store has been loaded, and before it starts. After a crash DLedgerCommitLog.dledgerRecoverAbnormally indexes everything in its log, also
     * entries that no majority had and that the next leader overwrites. Their places in the consume queues stay, point into other messages, and who reads
     * that replica misses acknowledged ones. Cut back to what is known to be committed, the rest is indexed again once it is.
     *
     * The same recovery cuts too much where little is uncommitted: it counts messages without DLedger's 48 bytes each, truncates the
     * queues there, and DefaultMessageStore.start goes on indexing from the committed position: a hole, acknowledged messages that are
     * in the log and never seen again once this replica leads. So indexing has to go on from where the queues end
     * (recheckReputOffsetFromCq). An empty queue ends nowhere, but ConsumeQueue.truncateDirtyLogicFiles marks it with the cut, which
     * need not be the begin of an entry.
     */
    public void forgetUncommitted() throws RocksDBException {
        if (entries.getLedgerEndIndex() == -1) {
            return;
        }
        long known = Math.max(entries.getCommittedPos(), store.getCommitLog().getMinOffset());
        store.truncateDirtyLogicFiles(known);
        store.getConsumeQueueTable().values().forEach(queues -> queues.values().forEach(queue -> {
            if (queue instanceof ConsumeQueue file && file.getMaxOffsetInQueue() <= file.getMinOffsetInQueue()) {
                file.setMaxPhysicOffset(0);
            }
        }));
        store.getMessageStoreConfig().setRecheckReputOffsetFromCq(true);
    }

    @SuppressWarnings("unchecked")
    private static void replaceHandler(DLedgerLeaderElector elector, RoleChange roles) {
        List<DLedgerLeaderElector.RoleChangeHandler> handlers = DLedgerInternals.ROLE_HANDLERS.get(elector);
        if (handlers.size() != 1 || handlers.get(0).getClass() != DLedgerRoleChangeHandler.class) {
            throw new ConfigurationException("DLedgerLeaderElector has other role change handlers: " + handlers);
        }
        handlers.set(0, roles).shutdown();
    }
}
