package io.hotfire.launcher;

import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.store.DLedgerStore;
import io.openmessaging.storage.dledger.store.file.DLedgerMmapFileStore;
import io.openmessaging.storage.dledger.utils.Pair;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.dledger.DLedgerRoleChangeHandler;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.config.BrokerRole;
import org.apache.rocketmq.store.dledger.DLedgerCommitLog;

/**
 * RocketMQ's handler with a shorter nap, and the writes first: a new leader takes them once everything in its log is committed and indexed,
 * and stock looks every 100 ms whether it is.
 */
final class QuickRoleChange extends DLedgerRoleChangeHandler {
    private static final long LOOK_EVERY_MS = 2;
    /** When a new master registers again, in ms: a registration may be lost, and a deposed master may have registered over it. */
    private static final long[] AGAIN_MS = {100, 300, 1000, 3000};

    private final BrokerController broker;
    private final DefaultMessageStore store;
    private final DLedgerCommitLog log;
    private final DLedgerServer server;
    private final ScheduledExecutorService clock;
    private final ExecutorService changes = Executors.newSingleThreadExecutor(runnable -> new Thread(runnable, "HotfireRoleChange"));

    QuickRoleChange(BrokerController broker, DefaultMessageStore store, ScheduledExecutorService clock) {
        super(broker, store);
        super.shutdown();
        this.broker = broker;
        this.store = store;
        this.log = (DLedgerCommitLog) store.getCommitLog();
        this.server = log.getdLedgerServer();
        this.clock = clock;
    }

    @Override
    public void handle(long term, MemberState.Role role) {
        long asked = System.nanoTime();
        changes.execute(() -> {
            try {
                switch (role) {
                    case CANDIDATE -> {
                        if (store.getMessageStoreConfig().getBrokerRole() != BrokerRole.SLAVE) {
                            changeToSlave(log.getId());
                        }
                    }
                    case FOLLOWER -> changeToSlave(log.getId());
                    case LEADER -> lead(term, asked);
                    default -> { }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                e.printStackTrace();
            }
        });
    }

    private void lead(long term, long asked) throws InterruptedException {
        while (isLeader(term) && !isCaughtUp()) {
            Thread.sleep(LOOK_EVERY_MS);
        }
        if (!isLeader(term)) {
            return;
        }
        long caughtUp = System.nanoTime();
        store.recoverTopicQueueTable();
        takeWrites();
        System.out.printf("hotfire: leader of term %d takes writes: log committed and indexed after %d ms, master and registered after %d ms%n",
            term, TimeUnit.NANOSECONDS.toMillis(caughtUp - asked), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked));
        changeToMaster(BrokerRole.SYNC_MASTER);
        registerAgain(term);
    }

    /**
     * What changeToMaster does last, done first: before, it starts the services of delayed messages, transactions and pop, none of which a
     * send needs.
     */
    private void takeWrites() {
        broker.getSlaveSynchronize().setMasterAddr(null);
        broker.getBrokerConfig().setBrokerId(MixAll.MASTER_ID);
        store.getMessageStoreConfig().setBrokerRole(BrokerRole.SYNC_MASTER);
        broker.registerBrokerAll(true, true, true);
    }

    private boolean isLeader(long term) {
        return server.getMemberState().isLeader() && server.getMemberState().currTerm() == term;
    }

    /**
     * RocketMQ compares indexes, and then asks how far the indexing is behind the committed position; DLedger sets index and position
     * one after the other (DLedgerMmapFileStore.updateCommittedIndex), unlocked. Who looks in between takes a log for indexed that is
     * not, gives queue offsets a second time, and acknowledged messages disappear behind others. So the position itself has to be there.
     */
    private boolean isCaughtUp() {
        DLedgerStore entries = server.getDLedgerStore();
        long end = entries.getLedgerEndIndex();
        if (end == -1) {
            return true;
        }
        if (end != entries.getCommittedIndex() || !(entries instanceof DLedgerMmapFileStore files)) {
            return false;
        }
        Pair<Long, Integer> last = files.getEntryPosAndSize(end);
        return last != null && files.getCommittedPos() == last.getKey() + last.getValue() && store.dispatchBehindBytes() == 0;
    }

    /** Registers a few times more, while this broker leads. */
    void registerAgain(long term) {
        for (long delay : AGAIN_MS) {
            clock.schedule(() -> {
                if (isLeader(term) && broker.getMessageStoreConfig().getBrokerRole() != BrokerRole.SLAVE) {
                    changes.execute(() -> broker.registerBrokerAll(true, true, true));
                }
            }, delay, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void shutdown() {
        changes.shutdown();
    }
}
