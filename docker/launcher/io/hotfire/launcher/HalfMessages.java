package io.hotfire.launcher;

import java.util.Set;
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
 * goes on from there with the next one.
 */
final class HalfMessages extends TransactionalMessageBridge {
    private final BrokerController broker;
    private volatile boolean isRefused;

    HalfMessages(BrokerController broker, MessageStore store) {
        super(broker, store);
        this.broker = broker;
    }

    /** Each check begins with it. */
    @Override
    public Set<MessageQueue> fetchMessageQueues(String topic) {
        isRefused = false;
        return isWriter() ? super.fetchMessageQueues(topic) : Set.of();
    }

    @Override
    public PullResult getHalfMessage(int queueId, long offset, int nums) {
        return isRefused || !isWriter() ? new PullResult(PullStatus.NO_NEW_MSG, offset, offset, offset, null) : super.getHalfMessage(queueId, offset, nums);
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
