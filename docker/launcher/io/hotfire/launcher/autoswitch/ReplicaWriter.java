package io.hotfire.launcher.autoswitch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.rocketmq.store.ha.HAConnectionState;
import org.apache.rocketmq.store.ha.io.HAWriter;

/**
 * What a slave of controller mode writes to its master over one connection: one handshake, and reports that wait for room. RocketMQ's slave tells its master what it
 * has after each piece that it reads, and closes the connection when the network takes no twelve bytes at that moment (HAWriter tries three times in a row). While
 * messages of 4 MiB come in, on a machine that is busy, it takes none. The master then has a slave less in its in-sync set, and refuses what needs two.
 */
final class ReplicaWriter extends HAWriter {
    /** Less than a master waits for its slaves' copies (syncFlushTimeout, 5 s). Longer means that the master has stopped reading. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final HAWriter writer;
    private final BooleanSupplier isEnding;
    private boolean isHandshakeSent;

    ReplicaWriter(HAWriter writer, BooleanSupplier isEnding) {
        this.writer = writer instanceof ReplicaWriter wrapped ? wrapped.writer : writer;
        this.isEnding = isEnding;
    }

    @Override
    public boolean write(SocketChannel channel, ByteBuffer message) throws IOException {
        if (message.getInt(message.position()) == HAConnectionState.HANDSHAKE.ordinal()) {
            if (isHandshakeSent) {
                return true;
            }
            isHandshakeSent = true;
        }
        long begin = System.nanoTime();
        boolean isWritten = writer.write(channel, message);
        while (!isWritten && !isEnding.getAsBoolean() && System.nanoTime() - begin < PATIENCE_NANOS) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            isWritten = writer.write(channel, message);
        }
        return isWritten;
    }
}
