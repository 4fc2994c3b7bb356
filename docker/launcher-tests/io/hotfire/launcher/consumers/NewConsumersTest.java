package io.hotfire.launcher.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.testkit.RealBroker;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.client.ClientChannelInfo;
import org.apache.rocketmq.remoting.protocol.LanguageCode;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.heartbeat.SubscriptionData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** When a consumer is told that its group has changed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NewConsumersTest {
    private BrokerController broker;

    @BeforeAll
    void make(@TempDir Path folder) throws Exception {
        broker = RealBroker.make(folder, null);
        broker.initialize();
        NewConsumers.install(broker);
    }

    @AfterAll
    void stop() {
        broker.shutdown();
    }

    private EmbeddedChannel consumer(String client, String group) {
        EmbeddedChannel channel = new EmbeddedChannel();
        heartbeat(client, group, channel);
        return channel;
    }

    private void heartbeat(String client, String group, EmbeddedChannel channel) {
        ClientChannelInfo info = new ClientChannelInfo(channel, client, LanguageCode.JAVA, 513);
        RealBroker.heartbeat(broker, group, info, new SubscriptionData("T", "*"), true);
    }

    /** Milliseconds until it is told. */
    private static long told(EmbeddedChannel channel) throws InterruptedException {
        long from = System.nanoTime();
        for (;;) {
            long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
            RemotingCommand command = channel.readOutbound();
            if (command != null) {
                assertEquals(RequestCode.NOTIFY_CONSUMER_IDS_CHANGED, command.getCode());
                return waited;
            }
            assertTrue(waited < 20_000, "not told in 20 s");
            Thread.sleep(5);
        }
    }

    @Test
    void oneThatHasJustComeIsToldWhenItsStartIsOver() throws Exception {
        assertTrue(told(consumer("a", "alone")) > NewConsumers.SETTLED_AFTER_MS / 2);
    }

    @Test
    void theOthersAreToldAtOnce() throws Exception {
        EmbeddedChannel first = consumer("a", "others");
        told(first);
        EmbeddedChannel second = consumer("b", "others");
        assertTrue(first.readOutbound() instanceof RemotingCommand);
        assertNull(second.readOutbound());
        told(second);
    }

    /** One client may have consumers of several groups, on one connection, and start them one after another. */
    @Test
    void eachGroupOfAClientHasItsOwnStart() throws Exception {
        EmbeddedChannel channel = consumer("a", "first");
        told(channel);
        heartbeat("a", "second", channel);
        assertNull(channel.readOutbound());
        told(channel);
    }

    @Test
    void whoeverStaysIsToldAtOnceThatOneHasLeft() throws Exception {
        EmbeddedChannel first = consumer("a", "stays");
        EmbeddedChannel second = consumer("b", "stays");
        told(first);
        told(second);
        while (first.readOutbound() != null) {
            // Both came within a second: it may have been told twice.
        }
        broker.getConsumerManager().doChannelCloseEvent("b", second);
        assertTrue(first.readOutbound() instanceof RemotingCommand);
    }
}
