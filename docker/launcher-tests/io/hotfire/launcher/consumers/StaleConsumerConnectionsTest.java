package io.hotfire.launcher.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.hotfire.launcher.testkit.RealBroker;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Path;
import java.util.List;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.client.ClientChannelInfo;
import org.apache.rocketmq.remoting.protocol.LanguageCode;
import org.apache.rocketmq.remoting.protocol.heartbeat.SubscriptionData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a broker answers to a client that asks who shares the queues. */
class StaleConsumerConnectionsTest {
    @TempDir
    Path folder;
    private BrokerController broker;

    @BeforeEach
    void make() throws Exception {
        broker = RealBroker.make(folder, null);
        StaleConsumerConnections.install(broker);
    }

    private void heartbeat(String client, Channel channel, long at) {
        ClientChannelInfo info = new ClientChannelInfo(channel, client, LanguageCode.JAVA, 513);
        info.setLastUpdateTimestamp(at);
        RealBroker.heartbeat(broker, "g", info, new SubscriptionData("T", "*"), true);
    }

    private List<String> ids() {
        return broker.getConsumerManager().getConsumerGroupInfo("g").getAllClientId().stream().sorted().toList();
    }

    @Test
    void aHeartbeatOfAConnectionThatHasClosedMeanwhileCountsNot() {
        Channel gone = new EmbeddedChannel();
        heartbeat("b", new EmbeddedChannel(), 1);
        gone.close().syncUninterruptibly();
        heartbeat("a", gone, 2);
        assertEquals(List.of("b"), ids());
        heartbeat("a", new EmbeddedChannel(), 3);
        assertEquals(List.of("a", "b"), ids());
    }

    /** A network was cut: the broker does not know that the old connection has ended. */
    @Test
    void aClientThatIsBackOnAnotherConnectionCountsOnce() {
        Channel old = new EmbeddedChannel();
        Channel live = new EmbeddedChannel();
        heartbeat("a", old, 1);
        heartbeat("b", new EmbeddedChannel(), 2);
        heartbeat("a", live, 3);
        assertEquals(List.of("a", "b"), ids());
        assertEquals(live, broker.getConsumerManager().findChannel("g", "a").getChannel());
    }

    @Test
    void aGroupWhoseOnlyConnectionHasClosedIsGone() {
        Channel gone = new EmbeddedChannel();
        gone.close().syncUninterruptibly();
        heartbeat("a", gone, 1);
        assertNull(broker.getConsumerManager().getConsumerGroupInfo("g"));
    }
}
