package io.hotfire.launcher.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.raft.Raft;
import io.hotfire.launcher.testkit.RealBroker;
import java.nio.file.Path;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.RemotingClient;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.CreateTopicRequestHeader;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.store.config.BrokerRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A master and its slave, each with its own server and client on loopback; the same for all tests, each with topics and groups of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetadataCopiesTest {
    private BrokerController master;
    private BrokerController slave;
    private String masterAddress;
    private RemotingClient client;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        master = RealBroker.make(folder.resolve("master"), null);
        RealBroker.load(master, true);
        // A slave on a machine that has other work takes longer than a master waits.
        MetadataAnswers.install(master, new MetadataAnswers.Patience(MetadataAnswers.HOLD_MS, 20_000, 20_000));
        master.getRemotingServer().start();
        master.getFastRemotingServer().start();
        masterAddress = "127.0.0.1:" + master.getNettyServerConfig().getListenPort();

        slave = RealBroker.make(folder.resolve("slave"), null);
        slave.getMessageStoreConfig().setBrokerRole(BrokerRole.SLAVE);
        slave.getBrokerConfig().setBrokerId(1);
        RealBroker.load(slave, true);
        MetadataCopies copies = MetadataCopies.install(slave);
        slave.getBrokerOuterAPI().start();
        slave.getSlaveSynchronize().setMasterAddr(masterAddress);
        copies.begin();
        client = slave.getBrokerOuterAPI().getRemotingClient();
        // The first copy, of all that there is.
        createTopic("First");
        assertTrue(Raft.soon(() -> slave.getTopicConfigManager().selectTopicConfig("First") != null));
    }

    @AfterAll
    void stop() {
        slave.getSlaveSynchronize().setMasterAddr(null);
        slave.getBrokerOuterAPI().shutdown();
        master.getFastRemotingServer().shutdown();
        master.getRemotingServer().shutdown();
    }

    private void createTopic(String name) throws Exception {
        CreateTopicRequestHeader header = new CreateTopicRequestHeader();
        header.setTopic(name);
        header.setDefaultTopic("TBW102");
        header.setReadQueueNums(4);
        header.setWriteQueueNums(4);
        header.setPerm(6);
        header.setTopicFilterType("SINGLE_TAG");
        header.setTopicSysFlag(0);
        header.setOrder(false);
        ask(RemotingCommand.createRequestCommand(RequestCode.UPDATE_AND_CREATE_TOPIC, header));
    }

    private void createGroup(String name) throws Exception {
        SubscriptionGroupConfig group = new SubscriptionGroupConfig();
        group.setGroupName(name);
        group.setRetryMaxTimes(3);
        RemotingCommand request = RemotingCommand.createRequestCommand(RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP, null);
        request.setBody(RemotingSerializable.encode(group));
        ask(request);
    }

    private void ask(RemotingCommand request) throws Exception {
        RemotingCommand answer = client.invokeSync(masterAddress, request, 40_000);
        assertEquals(ResponseCode.SUCCESS, answer.getCode(), answer.getRemark());
    }

    @Test
    void aTopicThatIsSaidToBeMadeIsAtTheSlave() throws Exception {
        for (int made = 0; made < 20; made++) {
            createTopic("T" + made);
            TopicConfig copied = slave.getTopicConfigManager().selectTopicConfig("T" + made);
            assertNotNull(copied, "T" + made);
            assertEquals(4, copied.getWriteQueueNums());
        }
    }

    @Test
    void soIsAGroupAndAGroupThatIsDeletedIsNot() throws Exception {
        createGroup("Deleted");
        assertEquals(3, slave.getSubscriptionGroupManager().getSubscriptionGroupTable().get("Deleted").getRetryMaxTimes());
        RemotingCommand deletion = RemotingCommand.createRequestCommand(RequestCode.DELETE_SUBSCRIPTIONGROUP, null);
        deletion.addExtField("groupName", "Deleted");
        deletion.addExtField("cleanOffset", "true");
        ask(deletion);
        assertNull(slave.getSubscriptionGroupManager().getSubscriptionGroupTable().get("Deleted"));
    }

    @Test
    void whatConsumersHaveFollowsWithinSeconds() throws Exception {
        master.getConsumerOffsetManager().commitOffset("here", "G", "First", 3, 42);
        // RocketMQ's own copying, every 12 s, does not run here.
        assertTrue(Raft.soon(() -> slave.getConsumerOffsetManager().queryOffset("G", "First", 3) == 42));
    }

    /** No request makes it, and so none waits; RocketMQ's own copying, every 12 s, does not run here. */
    @Test
    void aTopicThatAMessageMakesFollowsAtOnce() throws Exception {
        master.getTopicConfigManager().updateTopicConfig(new TopicConfig("Auto"));
        assertTrue(Raft.soon(() -> slave.getTopicConfigManager().selectTopicConfig("Auto") != null));
    }

    /** As after a copy that came while the master changed it: the table before, with the version after. */
    @Test
    void whatAVersionSaysIsHereButIsNotIsCopiedWithTheNextAnswer() throws Exception {
        createTopic("Missed");
        createGroup("Known");
        MetadataCopies.Synchronized copies = (MetadataCopies.Synchronized) slave.getSlaveSynchronize();
        slave.getTopicConfigManager().getTopicConfigTable().remove("Missed");
        slave.getSubscriptionGroupManager().getSubscriptionGroupTable().remove("Known");
        copies.syncAll();
        assertNull(slave.getTopicConfigManager().selectTopicConfig("Missed"), "RocketMQ's own copy leaves it so");
        assertTrue(copies.copies(masterAddress));
        assertNotNull(slave.getTopicConfigManager().selectTopicConfig("Missed"));
        assertNotNull(slave.getSubscriptionGroupManager().getSubscriptionGroupTable().get("Known"));
        assertEquals(master.getTopicConfigManager().getDataVersion(), slave.getTopicConfigManager().getDataVersion());
        assertEquals(master.getSubscriptionGroupManager().getDataVersion(), slave.getSubscriptionGroupManager().getDataVersion());
    }
}
