package io.hotfire.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.internals.BrokerInternals;
import io.hotfire.launcher.raft.Raft;
import io.hotfire.launcher.testkit.RealBroker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.rocketmq.auth.config.AuthConfig;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message that is due while the store refuses, in a broker's real wheel and store. */
class TimerDeliveryTest {
    /** Three tries, 500 ms apart, after which RocketMQ's wheel takes it for delivered; and as long again. */
    private static final long REFUSED_MS = 3_000;

    @TempDir
    Path folder;
    private BrokerController broker;
    private DefaultMessageStore store;

    @BeforeEach
    void start() throws Exception {
        MessageStoreConfig config = RealBroker.store(folder, null);
        RealBroker.turnWheel(config);
        config.setTimerEnableRetryUntilSuccess(Boolean.parseBoolean(Broker.DEFAULTS.get("timerEnableRetryUntilSuccess")));
        broker = new BrokerController(RealBroker.config(), RealBroker.server(), new NettyClientConfig(), config, new AuthConfig());
        RealBroker.load(broker, true);
        store = BrokerInternals.storeOf(broker);
        store.start();
        broker.getTimerMessageStore().start();
        broker.changeScheduleServiceStatus(true);
        assertTrue(Raft.soon(() -> broker.getTimerMessageStore().getDequeueBehindMillis() < 2_000));
    }

    @AfterEach
    void stop() {
        broker.changeScheduleServiceStatus(false);
        broker.getTimerMessageStore().shutdown();
        store.shutdown();
    }

    private void putDueIn(long millis) {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        MessageExtBrokerInner message = new MessageExtBrokerInner();
        message.setTopic("T");
        message.setBody(new byte[] {1});
        message.setBornTimestamp(System.currentTimeMillis());
        message.setBornHost(here);
        message.setStoreHost(here);
        MessageAccessor.putProperty(message, MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX, "id");
        MessageAccessor.putProperty(message, MessageConst.PROPERTY_TIMER_DELAY_MS, String.valueOf(millis));
        message.setPropertiesString(MessageDecoder.messageProperties2String(message.getProperties()));
        assertTrue(store.putMessage(message).isOk());
    }

    private long delivered() {
        return RealBroker.queueEnd(store, "T");
    }

    @Test
    void itIsDeliveredOnceTheStoreTakesIt() throws Exception {
        putDueIn(2_000);
        Thread.sleep(1_000);
        RealBroker.takesWrites(store, false);
        Thread.sleep(1_000 + REFUSED_MS);
        assertEquals(0, delivered());
        RealBroker.takesWrites(store, true);
        assertTrue(Raft.soon(() -> delivered() == 1));
    }

    /** The role goes while it is tried, and comes back: the place on the wheel is read again. */
    @Test
    void itIsDeliveredOnceWhenTheRoleCameBack() throws Exception {
        putDueIn(2_000);
        Thread.sleep(1_000);
        RealBroker.takesWrites(store, false);
        Thread.sleep(1_000 + REFUSED_MS);
        broker.changeScheduleServiceStatus(false);
        Thread.sleep(REFUSED_MS);
        RealBroker.takesWrites(store, true);
        Thread.sleep(1_000);
        assertEquals(0, delivered(), "no timer of a slave's delivers");
        broker.changeScheduleServiceStatus(true);
        assertTrue(Raft.soon(() -> delivered() == 1));
        Thread.sleep(1_000);
        assertEquals(1, delivered());
    }
}
