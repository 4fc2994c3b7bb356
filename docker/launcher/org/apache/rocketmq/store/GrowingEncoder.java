package org.apache.rocketmq.store;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.rocketmq.common.message.MessageExtBatch;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.MessageExtEncoder.PutMessageThreadLocal;
import org.apache.rocketmq.store.config.MessageStoreConfig;

/**
 * An encoder whose direct buffer is as large as the message in it. RocketMQ's is as large as the largest message may be, 4 MiB and 64 KiB, for
 * each thread that ever stores one (CommitLog.putMessageThreadLocal), and a broker has well over a hundred: send, pull, acknowledge, revive,
 * timer and admin threads. At 1 GiB a broker has 170 MiB of direct memory, and one gRPC consumer was enough to exhaust it for good. The
 * buffers of 150 threads are 20 MiB here, and only those in use are larger. In this package, as PutMessageThreadLocal is of this package alone.
 */
public final class GrowingEncoder extends MessageExtEncoder {
    /** What MessageExtEncoder adds to the body for header, topic and properties. */
    private static final int BESIDE_BODY = 64 * 1024;

    private int maxMessageBodySize;
    private int capacity;

    private GrowingEncoder(MessageStoreConfig config) {
        super(config);
        maxMessageBodySize = super.getMaxMessageBodySize();
        resize(0);
    }

    /** For CommitLog.putMessageThreadLocal, before the store starts. */
    public static ThreadLocal<?> ofEachThread(MessageStoreConfig config) {
        Encoders encoders = new Encoders(config);
        return ThreadLocal.withInitial(encoders::ofThisThread);
    }

    /**
     * A thread that has ended leaves its encoder to the next one. A switch ends the threads of a writer's services; their buffers would stay
     * until the garbage collector finds them, and Netty would warn of a leak. One at a time, as RocketMQ's constructor takes 4 MiB for a moment.
     */
    private static final class Encoders {
        private final MessageStoreConfig config;
        private final Map<OfThread, Thread> owners = new LinkedHashMap<>();

        Encoders(MessageStoreConfig config) {
            this.config = config;
        }

        synchronized OfThread ofThisThread() {
            for (Map.Entry<OfThread, Thread> one : owners.entrySet()) {
                if (!one.getValue().isAlive()) {
                    one.setValue(Thread.currentThread());
                    return one.getKey();
                }
            }
            OfThread encoder = new OfThread(config);
            owners.put(encoder, Thread.currentThread());
            return encoder;
        }
    }

    private static final class OfThread extends PutMessageThreadLocal {
        private final MessageExtEncoder encoder;

        OfThread(MessageStoreConfig config) {
            super(config);
            super.getEncoder().updateEncoderBufferCapacity(0);
            encoder = new GrowingEncoder(config);
        }

        @Override
        public MessageExtEncoder getEncoder() {
            return encoder;
        }
    }

    @Override
    public PutMessageResult encode(MessageExtBrokerInner message) {
        fit(message);
        return super.encode(message);
    }

    @Override
    public PutMessageResult encodeWithoutProperties(MessageExtBrokerInner message) {
        fit(message);
        return super.encodeWithoutProperties(message);
    }

    /** Each message of a batch gets a header of its own: where these need more, Netty's buffer grows while it is written. */
    @Override
    public ByteBuffer encode(MessageExtBatch batch, PutMessageContext context) {
        fit(batch);
        return super.encode(batch, context);
    }

    @Override
    public int getMaxMessageBodySize() {
        return maxMessageBodySize;
    }

    /** CommitLog.updateMaxMessageSize: the limit was changed while the broker runs. */
    @Override
    public void updateEncoderBufferCapacity(int newMaxMessageBodySize) {
        maxMessageBodySize = newMaxMessageBodySize;
        resize(0);
    }

    /**
     * What the buffer held is in the log: RocketMQ too writes over it with the thread's next message. A body above the limit meets an encoder
     * for a body at the limit, which refuses it.
     */
    private void fit(MessageExtBrokerInner message) {
        int body = message.getBody() == null ? 0 : Math.min(message.getBody().length, maxMessageBodySize);
        if (body > capacity || capacity - body > BESIDE_BODY) {
            resize(body);
        }
    }

    private void resize(int body) {
        capacity = body;
        super.updateEncoderBufferCapacity(body);
    }
}
