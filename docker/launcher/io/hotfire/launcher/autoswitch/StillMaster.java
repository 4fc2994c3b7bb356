package io.hotfire.launcher.autoswitch;

import io.hotfire.launcher.internals.PrivateField;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.store.AppendMessageResult;
import org.apache.rocketmq.store.CommitLog;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.FlushManager;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.PutMessageStatus;
import org.apache.rocketmq.store.config.BrokerRole;
import org.apache.rocketmq.store.hook.PutMessageHook;

/**
 * A message is acknowledged by the master that began to store it, or not at all.
 *
 * CommitLog.needHandleHA (1322) reads the role after the broker has let the message in, and takes a slave for somebody who needs no copies: a
 * send in flight while its master was demoted was acknowledged with one copy, which the next handshake cut off. Here the role is looked at once more,
 * after the message has been stored: still master, and in the generation in which the message was let in. Between SLAVE and the next SYNC_MASTER a generation
 * begins (ReplicasManager.changeToMaster calls the HA service, then sets the role), so both together say that the role was SYNC_MASTER all the
 * time, also when needHandleHA read it. Otherwise the answer is in doubt, as it is when a slave did not answer in time.
 */
final class StillMaster implements FlushManager {
    private final FlushManager manager;
    private final BooleanSupplier isStillMaster;

    private StillMaster(FlushManager manager, BooleanSupplier isStillMaster) {
        this.manager = manager;
        this.isStillMaster = isStillMaster;
    }

    static void install(DefaultMessageStore store, RoleGeneration generation) throws NoSuchFieldException {
        PrivateField<FlushManager> flush = PrivateField.of(CommitLog.class, "flushManager", FlushManager.class);
        List<PutMessageHook> hooks = store.getPutMessageHookList();
        hooks.add(0, new PutMessageHook() {
            @Override
            public String hookName() {
                return "hotfire-reign";
            }

            @Override
            public PutMessageResult executeBeforePutMessage(MessageExt message) {
                generation.putBegins();
                return null;
            }
        });
        flush.set(store.getCommitLog(), new StillMaster(flush.get(store.getCommitLog()),
            () -> store.getMessageStoreConfig().getBrokerRole() == BrokerRole.SYNC_MASTER && !generation.isOver(generation.ofPut())));
    }

    @Override
    public CompletableFuture<PutMessageStatus> handleDiskFlush(AppendMessageResult result, MessageExt message) {
        CompletableFuture<PutMessageStatus> flushed = manager.handleDiskFlush(result, message);
        return isStillMaster.getAsBoolean() ? flushed : CompletableFuture.completedFuture(PutMessageStatus.FLUSH_SLAVE_TIMEOUT);
    }

    @Override
    public void handleDiskFlush(AppendMessageResult result, PutMessageResult put, MessageExt message) {
        manager.handleDiskFlush(result, put, message);
    }

    @Override
    public void start() {
        manager.start();
    }

    @Override
    public void shutdown() {
        manager.shutdown();
    }

    @Override
    public void wakeUpFlush() {
        manager.wakeUpFlush();
    }

    @Override
    public void wakeUpCommit() {
        manager.wakeUpCommit();
    }
}
