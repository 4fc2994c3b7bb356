package io.hotfire.launcher.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.internals.BrokerInternals;
import io.hotfire.launcher.raft.Raft;
import io.hotfire.launcher.testkit.RealBroker;
import java.nio.file.Path;
import org.apache.rocketmq.auth.config.AuthConfig;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.processor.PopReviveService;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.KeyBuilder;
import org.apache.rocketmq.common.PopAckConstants;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.pop.PopCheckPoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message that was popped a minute ago and not acknowledged, in a broker's real store, revival and timer wheel. */
class PopRevivalTest {
    private static final String GROUP = "G";
    /** Revival looks for 4 s for something new before it revives; and as long again. */
    private static final long REFUSED_MS = 8_000;

    @TempDir
    Path folder;
    private BrokerController broker;
    private DefaultMessageStore store;
    private PopReviveService revival;
    private String retryTopic;

    @BeforeEach
    void start() throws Exception {
        MessageStoreConfig config = RealBroker.store(folder, null);
        RealBroker.turnWheel(config);
        BrokerConfig brokerConfig = RealBroker.config();
        brokerConfig.setReviveQueueNum(1);
        brokerConfig.setReviveInterval(100);
        broker = new BrokerController(brokerConfig, RealBroker.server(), new NettyClientConfig(), config, new AuthConfig());
        RealBroker.load(broker, true);
        store = BrokerInternals.storeOf(broker);
        store.start();
        broker.getTimerMessageStore().start();
        broker.changeScheduleServiceStatus(true);
        assertTrue(Raft.soon(() -> broker.getTimerMessageStore().getDequeueBehindMillis() < 2_000));

        broker.getTopicConfigManager().updateTopicConfig(new TopicConfig("T"));
        SubscriptionGroupConfig group = new SubscriptionGroupConfig();
        group.setGroupName(GROUP);
        broker.getSubscriptionGroupManager().updateSubscriptionGroupConfig(group);
        retryTopic = KeyBuilder.buildPopRetryTopic("T", GROUP, brokerConfig.isEnableRetryTopicV2());
        revival = broker.getAckMessageProcessor().getPopReviveServices()[0];
        revival.setShouldRunPopRevive(false);
        popOneMessage();
        revival.start();
    }

    @AfterEach
    void stop() {
        revival.setShouldRunPopRevive(false);
        revival.shutdown();
        broker.changeScheduleServiceStatus(false);
        broker.getTimerMessageStore().shutdown();
        store.shutdown();
    }

    private void popOneMessage() throws InterruptedException {
        assertTrue(store.putMessage(RealBroker.message(new byte[] {1})).isOk());
        PopCheckPoint checkpoint = new PopCheckPoint();
        checkpoint.setTopic("T");
        checkpoint.setCId(GROUP);
        checkpoint.setQueueId(0);
        checkpoint.setStartOffset(0);
        checkpoint.setNum((byte) 1);
        checkpoint.addDiff(0);
        checkpoint.setPopTime(System.currentTimeMillis() - 60_000);
        checkpoint.setInvisibleTime(10_000);
        checkpoint.setBrokerName(broker.getBrokerConfig().getBrokerName());
        assertTrue(store.putMessage(broker.getPopMessageProcessor().buildCkMsg(checkpoint, 0)).isOk());
        assertTrue(Raft.soon(() -> stored(PopAckConstants.buildClusterReviveTopic(broker.getBrokerConfig().getBrokerClusterName())) == 1));
    }

    private long stored(String topic) {
        return RealBroker.queueEnd(store, topic);
    }

    @Test
    void whatTheStoreRefusesComesOnceItTakesIt() throws Exception {
        RealBroker.takesWrites(store, false);
        revival.setShouldRunPopRevive(true);
        Thread.sleep(REFUSED_MS);
        assertEquals(0, stored(retryTopic));
        RealBroker.takesWrites(store, true);
        assertTrue(Raft.soon(() -> stored(retryTopic) == 1));
    }

    @Test
    @Tag("full")
    void whatWasRefusedWhenTheRoleWentComesWithIt() throws Exception {
        RealBroker.takesWrites(store, false);
        revival.setShouldRunPopRevive(true);
        Thread.sleep(REFUSED_MS);
        revival.setShouldRunPopRevive(false);
        Thread.sleep(500);
        RealBroker.takesWrites(store, true);
        revival.setShouldRunPopRevive(true);
        assertTrue(Raft.soon(() -> stored(retryTopic) >= 1));
    }

    /** The leader in between has revived less, and what it has not revived lies at offsets that this broker has had. */
    @Test
    void itGoesOnWhereTheGroupIs() throws Exception {
        assertTrue(BrokerInternals.REVIVE_OFFSET.get(revival) < 0);
        BrokerInternals.REVIVE_OFFSET.set(revival, 100L);
        revival.setShouldRunPopRevive(true);
        assertTrue(Raft.soon(() -> stored(retryTopic) == 1));
    }
}
