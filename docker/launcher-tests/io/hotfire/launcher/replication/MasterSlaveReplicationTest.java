package io.hotfire.launcher.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.condition.Writes;
import io.hotfire.launcher.network.PatientChannel;
import io.hotfire.launcher.raft.Raft;
import io.hotfire.launcher.testkit.FullConnection;
import io.hotfire.launcher.testkit.RealBroker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.store.config.BrokerRole;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.ha.HAConnectionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slave whose reports find no room, and one that has a master. */
class MasterSlaveReplicationTest {
    @TempDir
    Path folder;

    @Test
    void aReportWaitsForRoom() throws Exception {
        try (FullConnection full = FullConnection.make()) {
            ByteBuffer report = ByteBuffer.allocate(8);
            assertEquals(0, full.writer().write(report), "as RocketMQ writes it");
            CompletableFuture<Void> read = full.readLater();
            PatientChannel patient = new PatientChannel(full.writer(), TimeUnit.SECONDS.toNanos(20));
            assertEquals(8, patient.write(report));
            patient.close();
            read.get(20, TimeUnit.SECONDS);
            assertTrue(!full.writer().isOpen(), "the connection behind it is closed with it");
        }
    }

    @Test
    void itsPatienceEnds() throws Exception {
        try (FullConnection full = FullConnection.make()) {
            assertEquals(0, new PatientChannel(full.writer(), TimeUnit.MILLISECONDS.toNanos(50)).write(ByteBuffer.allocate(8)));
        }
    }

    @Test
    void aSlaveCopiesAndReports() throws Exception {
        BrokerController master = broker("master", BrokerRole.SYNC_MASTER);
        master.getMessageStoreConfig().setInSyncReplicas(2);
        Supplier<String> writes = Writes.of(master, folder);
        BrokerController slave = broker("slave", BrokerRole.SLAVE);
        try {
            master.getMessageStore().start();
            assertEquals("too-few-replicas", writes.get());
            slave.getMessageStore().start();
            slave.getMessageStore().updateHaMasterAddress("127.0.0.1:" + master.getMessageStoreConfig().getHaListenPort());
            assertTrue(Raft.soon(() -> slave.getMessageStore().getHaService().getHAClient().getCurrentState() == HAConnectionState.TRANSFER));
            assertTrue(Raft.soon(() -> writes.get().equals("yes")));
            master.getMessageStore().asyncPutMessage(RealBroker.message(new byte[100])).get(20, TimeUnit.SECONDS);
            assertTrue(Raft.soon(() -> slave.getMessageStore().getMaxPhyOffset() == master.getMessageStore().getMaxPhyOffset()));
            assertTrue(Raft.soon(() -> master.getMessageStore().getHaService().getPush2SlaveMaxOffset().get() == master.getMessageStore().getMaxPhyOffset()));
        } finally {
            slave.getMessageStore().shutdown();
            master.getMessageStore().shutdown();
        }
    }

    /** RocketMQ's slave begins without the address that it is configured with, and tries again 5 s later; and it reports once in 5 s, to whichever connection. */
    @Test
    void aSlaveReportsToItsMasterFromTheStartAndSoonComesBack() throws Exception {
        BrokerController slave = broker("slave", BrokerRole.SLAVE);
        try (ServerSocketChannel master = ServerSocketChannel.open()) {
            master.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            slave.getMessageStoreConfig().setHaMasterAddress("127.0.0.1:" + master.socket().getLocalPort());
            long began = System.nanoTime();
            slave.getMessageStore().start();
            for (int times = 0; times < 3; times++) {
                try (SocketChannel connection = master.accept()) {
                    assertEquals(8, connection.read(ByteBuffer.allocate(8)), "it says what it has");
                }
            }
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            assertTrue(took < 12_000, () -> "RocketMQ's would take 15 s, this one took " + took + " ms");
        } finally {
            slave.getMessageStore().shutdown();
        }
    }

    private BrokerController broker(String name, BrokerRole role) throws Exception {
        BrokerController broker = RealBroker.make(folder.resolve(name), null);
        MessageStoreConfig store = broker.getMessageStoreConfig();
        store.setBrokerRole(role);
        broker.initialize();
        MasterSlaveReplication.install(broker);
        return broker;
    }
}
