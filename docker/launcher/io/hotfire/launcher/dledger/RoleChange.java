package io.hotfire.launcher.dledger;

import io.hotfire.launcher.raft.CurrentTermStore;
import io.hotfire.launcher.runtime.DaemonThreads;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.utils.Pair;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.config.BrokerRole;
import org.apache.rocketmq.store.dledger.DLedgerCommitLog;

/**
 * What a broker does when its role in the group has changed, instead of DLedgerRoleChangeHandler: a role belongs to a term. Whoever does not lead is
 * a slave from that moment on, before anything is queued; who leads becomes master while it still leads in that term, once everything in its log is
 * committed and indexed. Stock queues both on one thread: a leader that was deposed and elected again while its thread was busy kept its role, with the queue
 * offsets of its first lead, and gave them twice.
 *
 * A profile with timers of its own looks more often, and takes writes first (docs/explanation/failover.md).
 */
public final class RoleChange implements DLedgerLeaderElector.RoleChangeHandler {
    private static final long LOOK_EVERY_MS = 2;
    /** DLedgerRoleChangeHandler's. */
    private static final long STOCK_LOOK_EVERY_MS = 100;
    /** When a new master registers again, in ms: a registration may be lost, and a deposed master may have registered over it. */
    private static final long[] AGAIN_MS = {100, 300, 1000, 3000};

    private final BrokerController broker;
    private final DefaultMessageStore store;
    private final DLedgerCommitLog log;
    private final MemberState member;
    private final CurrentTermStore entries;
    private final boolean isPrompt;
    private final SlaveSync slaveSync;
    private final ScheduledExecutorService clock = DaemonThreads.scheduler("HotfireRegistration");
    private final ExecutorService changes = Executors.newSingleThreadExecutor(runnable -> new Thread(runnable, "HotfireRoleChange"));
    /** Of the changes' thread: whether there is a master's work to end. It begins as one, since that is how brokers start. */
    private boolean isMaster = true;
    private volatile long registersAgainUntil = System.nanoTime();

    RoleChange(BrokerController broker, DefaultMessageStore store, CurrentTermStore entries, boolean isPrompt) {
        this.broker = broker;
        this.store = store;
        this.log = (DLedgerCommitLog) store.getCommitLog();
        this.member = entries.getMemberState();
        this.entries = entries;
        this.isPrompt = isPrompt;
        this.slaveSync = new SlaveSync(broker);
    }

    /** Called in DLedger's lock. */
    @Override
    public void handle(long term, MemberState.Role role) {
        long asked = System.nanoTime();
        // Also of a leader, that has not taken the writes of its term yet: a broker starts with the role that its configuration has, a master's.
        store.getMessageStoreConfig().setBrokerRole(BrokerRole.SLAVE);
        if (changes.isShutdown()) {
            // The broker stops, and as its peers go DLedger's elector still changes roles that nothing acts on any more.
            return;
        }
        changes.execute(() -> {
            try {
                switch (role) {
                    case CANDIDATE -> {
                        if (isMaster) {
                            becomeSlave();
                        }
                    }
                    case FOLLOWER -> becomeSlave();
                    case LEADER -> lead(term, asked);
                    default -> { }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                // In the middle of it the broker's services were stopped.
                if (!changes.isShutdown()) {
                    System.err.println("hotfire: role " + role + " of term " + term + ":");
                    e.printStackTrace();
                }
            }
        });
    }

    private void becomeSlave() {
        isMaster = false;
        broker.getBrokerConfig().setBrokerId(Math.max(log.getId(), 1));
        broker.changeSpecialServiceStatus(false);
        slaveSync.begin();
        register();
    }

    private void lead(long term, long asked) throws InterruptedException {
        boolean isDone = false;
        boolean hasFailed = false;
        while (!isDone && isLeader(term) && !changes.isShutdown()) {
            try {
                isDone = isCaughtUp(term) && takeWrites(term, asked);
            } catch (RuntimeException | Error e) {
                if (!hasFailed) {
                    System.err.println("hotfire: the leader of term " + term + " takes no writes yet, and goes on trying:");
                    e.printStackTrace();
                }
                hasFailed = true;
            }
            if (!isDone) {
                Thread.sleep(isPrompt ? LOOK_EVERY_MS : STOCK_LOOK_EVERY_MS);
            }
        }
        if (isDone && isPrompt) {
            registerAgain(term);
            becomeMaster();
        }
    }

    /** Returns false where the broker does not lead in this term any more. */
    private boolean takeWrites(long term, long asked) {
        long caughtUp = System.nanoTime();
        store.recoverTopicQueueTable();
        if (!isPrompt) {
            becomeMaster();
        }
        broker.getSlaveSynchronize().setMasterAddr(null);
        isMaster = true;
        synchronized (member) {
            if (!isLeader(term)) {
                return false;
            }
            broker.getBrokerConfig().setBrokerId(MixAll.MASTER_ID);
            entries.takeWritesOf(term);
            store.getMessageStoreConfig().setBrokerRole(BrokerRole.SYNC_MASTER);
        }
        register();
        System.out.printf("hotfire: leader of term %d takes writes: log committed and indexed after %d ms, master and registered after %d ms%n",
            term, TimeUnit.NANOSECONDS.toMillis(caughtUp - asked), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked));
        return true;
    }

    /** The services of delayed messages, transactions and pop: no send needs them, so a prompt leader takes writes before. */
    private void becomeMaster() {
        slaveSync.end();
        broker.changeSpecialServiceStatus(true);
    }

    private void register() {
        broker.registerBrokerAll(true, true, true);
    }

    private boolean isLeader(long term) {
        return member.isLeader() && member.currTerm() == term;
    }

    /**
     * What a new leader has and does not know to be committed becomes it with an entry of the leader's own (CurrentTermStore), which is put there.
     *
     * RocketMQ compares indexes, and then asks how far the indexing is behind the committed position; DLedger sets index and position
     * one after the other (DLedgerMmapFileStore.updateCommittedIndex), unlocked. Who looks in between takes a log for indexed that is
     * not, gives queue offsets a second time, and acknowledged messages disappear behind others. So the position itself has to be there.
     */
    private boolean isCaughtUp(long term) {
        long end = entries.getLedgerEndIndex();
        if (end == -1) {
            return true;
        }
        if (end != entries.getCommittedIndex()) {
            if (entries.termOf(end) != term) {
                entries.appendBeforeWrites(() -> log.asyncPutMessage(NoOpMessage.of(term, member.getSelfId())));
            }
            return false;
        }
        Pair<Long, Integer> last = entries.getEntryPosAndSize(end);
        return last != null && entries.getCommittedPos() == last.getKey() + last.getValue() && store.dispatchBehindBytes() <= 0;
    }

    /** Registers a few times more, while this broker leads. */
    private void registerAgain(long term) {
        registersAgainUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AGAIN_MS[AGAIN_MS.length - 1]);
        for (long delay : AGAIN_MS) {
            clock.schedule(DaemonThreads.guarded("registration", () -> {
                if (isLeader(term) && broker.getMessageStoreConfig().getBrokerRole() != BrokerRole.SLAVE) {
                    register();
                }
            }), delay, TimeUnit.MILLISECONDS);
        }
    }

    /** A peer answers again. One that is always late does so with each answer, and one series of registrations is enough. */
    public void peerIsBack() {
        if (System.nanoTime() - registersAgainUntil >= 0) {
            registerAgain(member.currTerm());
        }
    }

    @Override
    public void startup() {
    }

    @Override
    public void shutdown() {
        changes.shutdown();
    }
}
