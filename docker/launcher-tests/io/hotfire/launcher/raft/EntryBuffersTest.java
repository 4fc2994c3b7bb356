package io.hotfire.launcher.raft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.dledger.DLedgerGroup;
import io.hotfire.launcher.internals.DLedgerInternals;
import io.hotfire.launcher.testkit.Ports;
import io.hotfire.launcher.testkit.RealBroker;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.store.PutMessageStatus;
import org.apache.rocketmq.store.config.BrokerRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages at and above RocketMQ's limit, in a DLedger group of one. */
class EntryBuffersTest {
    private static final int MIB = 1024 * 1024;

    @TempDir
    Path folder;
    private DLedgerGroup group;

    @BeforeEach
    void start() throws Exception {
        BrokerController broker = RealBroker.make(folder, "n0-127.0.0.1:" + Ports.free());
        broker.getMessageStoreConfig().setMappedFileSizeCommitLog(16 * MIB);
        group = RealBroker.load(broker, true);
        group.store().start();
        assertTrue(Raft.soon(() -> group.store().getMessageStoreConfig().getBrokerRole() == BrokerRole.SYNC_MASTER));
    }

    @AfterEach
    void stop() {
        group.store().shutdown();
    }

    private PutMessageStatus put(byte[] body) throws Exception {
        return RealBroker.put(group, body).get(30, TimeUnit.SECONDS).getPutMessageStatus();
    }

    @Test
    void aMessageAtTheLimitIsStoredAndRead() throws Exception {
        byte[] body = new byte[4 * MIB];
        new Random(1).nextBytes(body);
        assertEquals(PutMessageStatus.PUT_OK, put("small".getBytes()));
        assertEquals(PutMessageStatus.PUT_OK, put(body));
        assertEquals(PutMessageStatus.PUT_OK, put("small again".getBytes()));
        assertTrue(Raft.soon(() -> RealBroker.queueEnd(group) == 3));
        assertArrayEquals(body, RealBroker.read(group, 1));
        assertEquals(PutMessageStatus.MESSAGE_ILLEGAL, put(new byte[4 * MIB + 1]));
    }

    @Test
    void aThreadKeepsASmallBuffer() throws Exception {
        assertEquals(PutMessageStatus.PUT_OK, put(new byte[MIB]));
        ByteBuffer kept = (ByteBuffer) DLedgerInternals.ENTRY_BUFFERS.get(group.entries()).get();
        assertEquals(EntryBuffers.KEPT_BYTES, kept.capacity());
    }
}
