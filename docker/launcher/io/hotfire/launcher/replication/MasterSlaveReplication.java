package io.hotfire.launcher.replication;

import io.hotfire.launcher.internals.BrokerInternals;
import io.hotfire.launcher.network.PatientChannel;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.ha.DefaultHAClient;
import org.apache.rocketmq.store.ha.DefaultHAService;

/**
 * The replication of master and slaves, whose slaves wait until they can report. RocketMQ's slave tells its master what it has after each piece that it reads, and closes
 * the connection when the network takes no eight bytes at that moment (DefaultHAClient.reportSlaveMaxOffset tries three times in a row): while a message of 4 MiB comes in,
 * on a machine that is busy, it does. It connects again 5 s later; until then nothing is copied, and a master that waits for its slave refuses or delays every message.
 *
 * They also know their master from the start, and look for it every second. RocketMQ's BrokerController.initialize gives haMasterAddress to a client that
 * DefaultMessageStore.start replaces, so that a slave began to copy 5 s after its start, and 5 s later still where its master was not there yet.
 *
 * And they report what they have as soon as they are connected. A master sends nothing before; RocketMQ's slave reports 5 s (haSendHeartbeatInterval) after its last
 * report, or its own start, to whichever master that was.
 */
public final class MasterSlaveReplication extends DefaultHAService {
    /** Less than a master waits for its slave's copy (syncFlushTimeout, 5 s). Longer means that the master has stopped reading. */
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** RocketMQ's 5 s are longer than a master that restarts is away. A refused connection costs nothing; more often would only fill the log. */
    private static final long CONNECT_EVERY_MS = 1_000;

    /** Between the broker's initialization and its start, which is when the service begins. Controller mode and DLedger have other ones. */
    public static void install(BrokerController broker) {
        DefaultMessageStore store = BrokerInternals.storeOf(broker);
        if (store.getHaService() != null && store.getHaService().getClass() == DefaultHAService.class) {
            BrokerInternals.HA_SERVICE.set(store, new MasterSlaveReplication());
        }
    }

    @Override
    public void init(DefaultMessageStore store) throws IOException {
        super.init(store);
        if (haClient != null) {
            haClient = new PatientSlave(store);
        }
    }

    private static final class PatientSlave extends DefaultHAClient {
        PatientSlave(DefaultMessageStore store) throws IOException {
            super(store);
            String master = store.getMessageStoreConfig().getHaMasterAddress();
            if (master != null && !master.isEmpty()) {
                updateHaMasterAddress(master);
            }
        }

        /** Waits after an attempt that failed and after a connection that ended. */
        @Override
        protected void waitForRunning(long interval) {
            super.waitForRunning(Math.min(interval, CONNECT_EVERY_MS));
        }

        @Override
        public boolean connectMaster() throws ClosedChannelException {
            boolean isConnected = super.connectMaster();
            SocketChannel channel = BrokerInternals.SLAVE_CHANNEL.get(this);
            if (channel != null && !(channel instanceof PatientChannel)) {
                BrokerInternals.SLAVE_CHANNEL.set(this, new PatientChannel(channel, REPORT_NANOS));
                BrokerInternals.SLAVE_REPORTED_AT.set(this, 0L);
            }
            return isConnected;
        }
    }
}
