package io.hotfire.launcher.autoswitch;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.rocketmq.store.CommitLog;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.PutMessageStatus;
import org.apache.rocketmq.store.ha.GroupTransferService;
import org.apache.rocketmq.store.ha.HAService;

/**
 * Acknowledges what waits for slaves, in the order of the log.
 *
 * GroupTransferService counts connections: an old and a new one of slave 2 counted for 2 and 3. And it answers by what the in-sync set is when it
 * looks: a master that was replaced and promoted again within slaveTimeout, alone in its set then, acknowledged what it had stored before and
 * had cut off meanwhile. Here who has what is asked of {@link InSyncSet}, and the end of a generation leaves everything that waits in doubt.
 */
final class SlaveAcks extends GroupTransferService {
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long IDLE_MS = 100;

    private record Waiting(CommitLog.GroupCommitRequest request, int generation) {
    }

    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private final RoleGeneration generation;
    private final InSyncSet inSync;
    private volatile Thread looking;

    SlaveAcks(HAService service, DefaultMessageStore store, RoleGeneration generation, InSyncSet inSync) {
        super(service, store);
        this.generation = generation;
        this.inSync = inSync;
    }

    @Override
    public void putRequest(CommitLog.GroupCommitRequest request) {
        waiting.add(new Waiting(request, generation.ofPut()));
    }

    @Override
    public void notifyTransferSome() {
        LockSupport.unpark(looking);
    }

    @Override
    public void run() {
        looking = Thread.currentThread();
        while (!isStopped()) {
            try {
                Waiting next = waiting.poll(IDLE_MS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    answer(next);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void answer(Waiting one) {
        PutMessageStatus status = PutMessageStatus.FLUSH_SLAVE_TIMEOUT;
        try {
            status = isAcknowledged(one) ? PutMessageStatus.PUT_OK : status;
        } finally {
            one.request.wakeupCustomer(status);
        }
    }

    private boolean isAcknowledged(Waiting one) {
        while (!generation.isOver(one.generation) && one.request.getDeadLine() - System.nanoTime() > 0) {
            if (inSync.acknowledge(one.request.getNextOffset(), one.request.getAckNums(), one.generation)) {
                return true;
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return false;
    }
}
