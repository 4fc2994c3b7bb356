package io.hotfire.launcher.services;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.transaction.queue.TransactionalMessageBridge;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.consumer.PullStatus;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.config.BrokerRole;

/**
 * What the check of unfinished transactions reads and writes. TransactionalMessageServiceImpl.check puts every half message that it asks about behind the
 * others, and where the store refuses that it tries again at once, for 60 s: 90,000 times a second and a whole core, once its broker is a slave. Here a
 * refusal, or the loss of the role, ends the queue of half messages for this check: it ends as one that has seen them all, notes how far it came, and
 * goes on from there with the next one. And a check takes a sixth of a core at the most, however many there are: RocketMQ's went through all at full speed.
 */
final class HalfMessages extends TransactionalMessageBridge {
    /** Time that passes for each time that the check works: no thread of a broker at rest is to take 20 % of a core. */
    private static final int PASSED_FOR_WORKED = 6;
    /** Between two looks at the clocks, which cost as much as a message otherwise. */
    private static final int MESSAGES = 32;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final BrokerController broker;
    private volatile boolean isRefused;
    /** Of the thread that checks: messages that it has read, and its clocks when it looked last. */
    private int read;
    private long processorTime;
    private long time;

    HalfMessages(BrokerController broker, MessageStore store) {
        super(broker, store);
        this.broker = broker;
    }

    /** Each check begins with it. */
    @Override
    public Set<MessageQueue> fetchMessageQueues(String topic) {
        isRefused = false;
        read = 0;
        return isWriter() ? super.fetchMessageQueues(topic) : Set.of();
    }

    /** Called by the check only, for one after another. */
    @Override
    public PullResult getHalfMessage(int queueId, long offset, int nums) {
        rest();
        return isRefused || !isWriter() ? new PullResult(PullStatus.NO_NEW_MSG, offset, offset, offset, null) : super.getHalfMessage(queueId, offset, nums);
    }

    /** Waiting for the store's answer is rest too. */
    private void rest() {
        if (read++ % MESSAGES != 0) {
            return;
        }
        long worked = THREADS.getCurrentThreadCpuTime() - processorTime;
        long passed = System.nanoTime() - time;
        if (read > 1 && PASSED_FOR_WORKED * worked > passed) {
            try {
                TimeUnit.NANOSECONDS.sleep(PASSED_FOR_WORKED * worked - passed);
            } catch (InterruptedException e) {
                // Its service ends.
                isRefused = true;
                Thread.currentThread().interrupt();
            }
        }
        processorTime = THREADS.getCurrentThreadCpuTime();
        time = System.nanoTime();
    }

    /** A half message behind the others, or a note that some are done. */
    @Override
    public PutMessageResult putMessageReturnResult(MessageExtBrokerInner message) {
        PutMessageResult result = super.putMessageReturnResult(message);
        isRefused |= result == null || !result.isOk();
        return result;
    }

    /** A half message behind the others that is not to be asked about yet. */
    @Override
    public boolean putMessage(MessageExtBrokerInner message) {
        boolean isStored = super.putMessage(message);
        isRefused |= !isStored;
        return isStored;
    }

    /** Also the slave that acts as a dead master: it hands them on to other groups, and tries that ten times with pauses. */
    private boolean isWriter() {
        return broker.getMessageStoreConfig().getBrokerRole() != BrokerRole.SLAVE
            || broker.getBrokerConfig().isEnableSlaveActingMaster() && broker.getMinBrokerIdInGroup() == broker.getBrokerIdentity().getBrokerId();
    }
}
