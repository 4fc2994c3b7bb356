package io.hotfire.launcher.autoswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.testkit.FullConnection;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.store.ha.HAConnectionState;
import org.apache.rocketmq.store.ha.io.HAWriter;
import org.junit.jupiter.api.Test;

/** What a slave of controller mode writes, where its connection takes nothing for a moment. */
class ReplicaWriterTest {
    private static ByteBuffer message(HAConnectionState state) {
        return ByteBuffer.allocate(12).putInt(state.ordinal()).putLong(4711).flip();
    }

    @Test
    void aReportWaitsForRoom() throws Exception {
        try (FullConnection full = FullConnection.make()) {
            assertFalse(new HAWriter().write(full.writer(), message(HAConnectionState.TRANSFER)), "as RocketMQ writes it");
            CompletableFuture<Void> read = full.readLater();
            assertTrue(new ReplicaWriter(new HAWriter(), () -> false).write(full.writer(), message(HAConnectionState.TRANSFER)));
            full.writer().close();
            read.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aSlaveThatEndsDoesNotWait() throws Exception {
        try (FullConnection full = FullConnection.make()) {
            assertFalse(new ReplicaWriter(new HAWriter(), () -> true).write(full.writer(), message(HAConnectionState.TRANSFER)));
        }
    }

    @Test
    void oneHandshakeIsSentOverAConnection() throws Exception {
        try (FullConnection full = FullConnection.make()) {
            CompletableFuture<Void> read = full.readLater();
            ReplicaWriter writer = new ReplicaWriter(new HAWriter(), () -> false);
            ByteBuffer first = message(HAConnectionState.HANDSHAKE);
            ByteBuffer second = message(HAConnectionState.HANDSHAKE);
            assertTrue(writer.write(full.writer(), first));
            assertTrue(writer.write(full.writer(), second));
            assertEquals(0, first.remaining());
            assertEquals(12, second.remaining());
            full.writer().close();
            read.get(20, TimeUnit.SECONDS);
        }
    }
}
