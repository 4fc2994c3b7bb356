package io.hotfire.launcher.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hotfire.launcher.testkit.RealBroker;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Path;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.client.ClientChannelInfo;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.RemotingClient;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;
import org.apache.rocketmq.remoting.protocol.LanguageCode;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.PullMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.heartbeat.SubscriptionData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pulls over a connection, of a consumer whose last heartbeat told version 5 of its subscription. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscriptionVersionsTest {
    private static final long TOLD = 5;

    private BrokerController broker;
    private RemotingClient client;
    private String address;

    @BeforeAll
    void make(@TempDir Path folder) throws Exception {
        broker = RealBroker.make(folder, null);
        broker.initialize();
        SubscriptionVersions.install(broker);
        broker.getMessageStore().start();
        broker.getRemotingServer().start();
        broker.getTopicConfigManager().updateTopicConfig(new TopicConfig("T", 1, 1));
        address = "127.0.0.1:" + broker.getNettyServerConfig().getListenPort();
        client = new NettyRemotingClient(new NettyClientConfig());
        client.start();
    }

    @AfterAll
    void stop() {
        client.shutdown();
        broker.shutdown();
    }

    private void heartbeat(String group, String expression, String type) {
        SubscriptionData subscription = new SubscriptionData("T", expression);
        subscription.setExpressionType(type);
        subscription.setSubVersion(TOLD);
        ClientChannelInfo info = new ClientChannelInfo(new EmbeddedChannel(), "a", LanguageCode.JAVA, 513);
        RealBroker.heartbeat(broker, group, info, subscription, false);
    }

    /** The answer's code: an empty queue has no message to give. */
    private int pull(String group, long version, String type) throws Exception {
        PullMessageRequestHeader header = new PullMessageRequestHeader();
        header.setConsumerGroup(group);
        header.setTopic("T");
        header.setQueueId(0);
        header.setQueueOffset(0L);
        header.setMaxMsgNums(1);
        header.setSysFlag(0);
        header.setCommitOffset(0L);
        header.setSuspendTimeoutMillis(0L);
        header.setSubVersion(version);
        header.setExpressionType(type);
        return client.invokeSync(address, RemotingCommand.createRequestCommand(RequestCode.PULL_MESSAGE, header), 10_000).getCode();
    }

    @Test
    void anUnfilteredOneIsAnswered() throws Exception {
        heartbeat("all", "*", "TAG");
        assertEquals(ResponseCode.PULL_NOT_FOUND, pull("all", TOLD, "TAG"));
        assertEquals(ResponseCode.PULL_NOT_FOUND, pull("all", TOLD + 1, "TAG"));
    }

    /** It might be filtered by tags that the consumer no longer wants, and miss those that it wants now. */
    @Test
    void oneThatTheBrokerFiltersWaitsForTheHeartbeat() throws Exception {
        heartbeat("tags", "red", "TAG");
        assertEquals(ResponseCode.SUBSCRIPTION_NOT_LATEST, pull("tags", TOLD + 1, "TAG"));
    }

    /** A client does not filter by SQL itself. */
    @Test
    void oneThatTheBrokerShouldFilterWaitsForTheHeartbeat() throws Exception {
        heartbeat("sql", "*", "TAG");
        broker.getBrokerConfig().setEnablePropertyFilter(true);
        assertEquals(ResponseCode.SUBSCRIPTION_NOT_LATEST, pull("sql", TOLD + 1, "SQL92"));
    }
}
