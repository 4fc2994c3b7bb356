package io.hotfire.launcher.services;

import io.hotfire.launcher.internals.BrokerInternals;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.failover.EscapeBridge;
import org.apache.rocketmq.broker.processor.PopReviveService;
import org.apache.rocketmq.common.PopAckConstants;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.PutMessageStatus;

/**
 * POP's revival loses nothing: what was popped and not acknowledged in time is in its retry topic before the revival goes on.
 *
 * RocketMQ's PopReviveService takes a retried message that its store has appended and not committed for stored, writes the checkpoint of a refused one anew without a
 * look at the answer, and commits behind both. A leader without its majority, or with a full disk, lost them so. It also goes on from where it was itself when its
 * broker leads again, whatever the leader in between has done.
 */
public final class PopRevival extends EscapeBridge {
    private static final String THREAD = "PopReviveService_";
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** A refusal is over when a leader is elected or the disk has room; in doubt, each attempt may store a copy. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final BrokerController broker;

    private PopRevival(BrokerController broker) {
        super(broker);
        this.broker = broker;
    }

    /** Before the broker is initialized: other services take the bridge then. */
    public static void install(BrokerController broker) {
        BrokerInternals.ESCAPE_BRIDGE.set(broker, new PopRevival(broker));
        String topic = PopAckConstants.buildClusterReviveTopic(broker.getBrokerConfig().getBrokerClusterName());
        PopReviveService[] services = broker.getAckMessageProcessor().getPopReviveServices();
        for (int queue = 0; queue < services.length; queue++) {
            Service service = new Service(broker, topic, queue);
            service.setShouldRunPopRevive(services[queue].isShouldRunPopRevive());
            services[queue] = service;
        }
    }

    /**
     * @throws IllegalStateException when the role goes or the broker stops first: RocketMQ then commits nothing behind this message, and whoever leads next finds its
     *                               checkpoint where it was
     */
    @Override
    public PutMessageResult putMessageToSpecificQueue(MessageExtBrokerInner message) {
        PutMessageResult result = super.putMessageToSpecificQueue(message);
        if (!Thread.currentThread().getName().startsWith(THREAD)) {
            return result;
        }
        for (long pause = FIRST_PAUSE_NANOS; !isStored(result); pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS)) {
            LockSupport.parkNanos(pause);
            if (!isToRun()) {
                throw new IllegalStateException("this broker's revival ends, and " + message.getTopic() + " takes its message from the next one");
            }
            result = super.putMessageToSpecificQueue(message);
        }
        return result;
    }

    /** Of a pair, appended is stored, as for the messages themselves where a slave is away; where brokers elect, it is in doubt until they have acknowledged it. */
    private boolean isStored(PutMessageResult result) {
        boolean elects = broker.getMessageStoreConfig().isEnableDLegerCommitLog() || broker.getBrokerConfig().isEnableControllerMode();
        return elects ? result.getPutMessageStatus() == PutMessageStatus.PUT_OK : result.isOk();
    }

    private boolean isToRun() {
        PopReviveService[] services = broker.getAckMessageProcessor().getPopReviveServices();
        return services.length > 0 && services[0].isShouldRunPopRevive() && !services[0].isStopped();
    }

    /** Begins where the group's offset is, which a slave copies from its master, whenever its broker gets the role. */
    private static final class Service extends PopReviveService {
        private final BrokerController broker;
        private final String topic;

        Service(BrokerController broker, String topic, int queue) {
            super(broker, topic, queue);
            this.broker = broker;
            this.topic = topic;
        }

        @Override
        public void setShouldRunPopRevive(boolean shouldRun) {
            if (shouldRun && !isShouldRunPopRevive()) {
                BrokerInternals.REVIVE_OFFSET.set(this, broker.getConsumerOffsetManager().queryOffset(PopAckConstants.REVIVE_GROUP, topic, getQueueId()));
            }
            super.setShouldRunPopRevive(shouldRun);
        }
    }
}
