package io.hotfire.launcher.condition;

import io.hotfire.launcher.dledger.DLedgerGroup;
import io.hotfire.launcher.internals.BrokerInternals;
import io.hotfire.launcher.internals.DLedgerInternals;
import io.hotfire.launcher.runtime.DaemonThreads;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.plugin.BrokerAttachedPlugin;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.constant.PermName;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.RunningFlags;
import org.apache.rocketmq.store.config.BrokerRole;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.ha.HAService;

/**
 * What a broker says of itself beside RocketMQ's own account (GET_BROKER_RUNTIME_INFO): whether it takes writes and why not, direct memory, and that it runs
 * out of it. The health check, `hotfire status` and the console read it. A process that runs out of memory and does not recover ends: it is restarted,
 * and one that stays answers its clients with errors for good.
 */
public final class BrokerCondition implements BrokerAttachedPlugin {
    /** As the JVM's own end for want of heap (ExitOnOutOfMemoryError). */
    static final int EXIT_OUT_OF_MEMORY = 3;
    /** How exactly the end of a role is known; a look reads a few fields. */
    private static final long LOOK_EVERY_MS = 500;
    /** What the orderly end, which needs memory too, may take. */
    private static final long STOPPED_WITHIN_MS = 20_000;
    /** RunningFlags has no question for them. */
    private static final int DISK_FULL_BITS = 1 << 4 | 1 << 6;

    private final BrokerController broker;
    private final DefaultMessageStore store;
    private final DLedgerGroup group;
    private final OutOfMemoryErrors failures;
    private final ProblemFile problemFile;
    private final WriteAvailability takesWrites = new WriteAvailability(System::currentTimeMillis);

    /** @param group null without DLedger */
    BrokerCondition(BrokerController broker, DLedgerGroup group, OutOfMemoryErrors failures, ProblemFile problemFile) {
        this.broker = broker;
        this.store = BrokerInternals.storeOf(broker);
        this.group = group;
        this.failures = failures;
        this.problemFile = problemFile;
    }

    /** Before the broker starts. */
    public static void install(BrokerController broker, DLedgerGroup group) {
        BrokerCondition condition = new BrokerCondition(broker, group, OutOfMemoryErrors.OF_PROCESS, new ProblemFile(ProblemFile.OF_CONTAINER));
        broker.getBrokerAttachedPlugins().add(condition);
        DaemonThreads.scheduler("HotfireCondition").scheduleWithFixedDelay(DaemonThreads.guarded("a look at this broker's condition", () -> {
            condition.look();
            if (condition.failures.lasts()) {
                end(condition.failures.problem());
            }
        }), LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private static void end(String problem) {
        System.err.println("hotfire: this broker ends (exit code " + EXIT_OUT_OF_MEMORY + "), for it does not recover: " + problem
            + ". Give it more memory (docs/explanation/modes.md).");
        DaemonThreads.scheduler("HotfireHalt").schedule(() -> Runtime.getRuntime().halt(EXIT_OUT_OF_MEMORY), STOPPED_WITHIN_MS, TimeUnit.MILLISECONDS);
        System.exit(EXIT_OUT_OF_MEMORY);
    }

    WriteAvailability.Reason look() {
        problemFile.tell(failures.problem());
        WriteAvailability.Reason why = whyNot();
        takesWrites.is(why);
        return why;
    }

    private WriteAvailability.Reason whyNot() {
        if (failures.problem() != null) {
            return WriteAvailability.Reason.OUT_OF_MEMORY;
        }
        WriteAvailability.Reason role = whyNoRole();
        if (role != null && role != WriteAvailability.Reason.CATCHING_UP) {
            return role;
        }
        RunningFlags flags = store.getRunningFlags();
        if ((flags.getFlagBits() & DISK_FULL_BITS) != 0 || group != null && DLedgerInternals.DISK_FULL.get(group.entries())) {
            // Also of a leader: with entries in doubt it needs room for one of its own before it takes any.
            return WriteAvailability.Reason.DISK_FULL;
        }
        if (role != null) {
            return role;
        }
        if (flags.isFenced()) {
            return WriteAvailability.Reason.FENCED;
        }
        if (!flags.isWriteable() || !PermName.isWriteable(broker.getBrokerConfig().getBrokerPermission())) {
            return WriteAvailability.Reason.READ_ONLY;
        }
        return acknowledges() ? null : WriteAvailability.Reason.TOO_FEW_REPLICAS;
    }

    /** Whether so many replicas are in sync as an acknowledgement takes, by what CommitLog.asyncPutMessage and handleHA wait for. DLedger's leaders have their majority. */
    private boolean acknowledges() {
        MessageStoreConfig config = store.getMessageStoreConfig();
        HAService replication = store.getHaService();
        if (group != null || replication == null || config.getBrokerRole() != BrokerRole.SYNC_MASTER) {
            return true;
        }
        BrokerConfig brokerConfig = broker.getBrokerConfig();
        boolean isAdjusted = brokerConfig.isEnableControllerMode() || brokerConfig.isEnableSlaveActingMaster() && config.isEnableAutoInSyncReplicas();
        int needed = isAdjusted ? config.getMinInSyncReplicas() : config.getInSyncReplicas();
        return needed <= 1 || replication.inSyncReplicasNums(store.getMaxPhyOffset()) >= needed;
    }

    private WriteAvailability.Reason whyNoRole() {
        boolean isSlave = store.getMessageStoreConfig().getBrokerRole() == BrokerRole.SLAVE;
        if (group == null) {
            return isSlave ? WriteAvailability.Reason.SLAVE : null;
        }
        if (!group.member().isLeader()) {
            return group.member().isFollower() ? WriteAvailability.Reason.FOLLOWER : WriteAvailability.Reason.CANDIDATE;
        }
        return isSlave ? WriteAvailability.Reason.CATCHING_UP : null;
    }

    @Override
    public void buildRuntimeInfo(Map<String, String> info) {
        WriteAvailability.Reason why = look();
        DirectMemory direct = DirectMemory.now();
        String problem = failures.problem();
        info.put("hotfireWrites", why == null ? "yes" : why.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        info.put("hotfireWritesCeasedAt", String.valueOf(takesWrites.ceasedAt()));
        info.put("hotfireDirectUsed", String.valueOf(direct.used()));
        info.put("hotfireDirectLimit", String.valueOf(direct.limit()));
        if (problem != null) {
            info.put("hotfireProblem", problem);
        }
    }

    @Override
    public String pluginName() {
        return "hotfire";
    }

    @Override
    public boolean load() {
        return true;
    }

    @Override
    public void start() {
    }

    @Override
    public void shutdown() {
    }

    @Override
    public void syncMetadata() {
    }

    @Override
    public void syncMetadataReverse(String brokerAddress) {
    }

    @Override
    public void statusChanged(boolean isWriter) {
    }
}
