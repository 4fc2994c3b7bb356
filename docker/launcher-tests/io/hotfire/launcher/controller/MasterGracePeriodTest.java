package io.hotfire.launcher.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.raft.Raft;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Set;
import org.apache.rocketmq.common.ControllerConfig;
import org.apache.rocketmq.controller.elect.impl.DefaultElectPolicy;
import org.apache.rocketmq.controller.impl.event.AlterSyncStateSetEvent;
import org.apache.rocketmq.controller.impl.event.ApplyBrokerIdEvent;
import org.apache.rocketmq.controller.impl.event.ElectMasterEvent;
import org.apache.rocketmq.controller.impl.heartbeat.DefaultBrokerHeartbeatManager;
import org.apache.rocketmq.controller.impl.manager.ReplicasInfoManager;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.controller.ElectMasterRequestHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A controller that was started and leads: its log names master 1 with 2 in sync, and it has heard of neither. */
class MasterGracePeriodTest {
    private final ControllerConfig config = new ControllerConfig();
    private final DefaultBrokerHeartbeatManager heartbeats = new DefaultBrokerHeartbeatManager(config);
    private final ReplicasInfoManager memory = new ReplicasInfoManager(config);
    private long now = 1;
    private MasterGracePeriod alive;

    @BeforeEach
    void lead() {
        heartbeats.initialize();
        memory.applyEvent(new ApplyBrokerIdEvent("c", "g", "10.0.0.1:1", 1, "one"));
        memory.applyEvent(new ApplyBrokerIdEvent("c", "g", "10.0.0.2:1", 2, "two"));
        memory.applyEvent(new ElectMasterEvent("g", 1L));
        memory.applyEvent(new AlterSyncStateSetEvent("g", Set.of(1L, 2L)));
        alive = new MasterGracePeriod(heartbeats, memory, () -> now);
        alive.leads(3);
    }

    @AfterEach
    void stop() {
        heartbeats.shutdown();
    }

    private Channel heard(long broker) {
        Channel channel = new EmbeddedChannel();
        heartbeats.onBrokerHeartbeat("c", "g", "10.0.0." + broker + ":1", broker, 60_000L, channel, 1, 0L, 0L, 1);
        return channel;
    }

    /** What the controller's own look at its groups, and a broker that finds no master, lead to. */
    private int elected() {
        return memory.electMaster(ElectMasterRequestHeader.ofControllerTrigger("g"), new DefaultElectPolicy(alive, heartbeats::getBrokerLiveInfo)).getResponseCode();
    }

    @Test
    void theFirstBrokerThatSpeaksReplacesNoMaster() {
        heard(2);
        assertEquals(0, memory.scanNeedReelectBrokerSets(alive).size());
        assertEquals(ResponseCode.CONTROLLER_MASTER_STILL_EXIST, elected());
        heard(1);
        now += MasterGracePeriod.WAIT_NANOS;
        assertEquals(ResponseCode.CONTROLLER_MASTER_STILL_EXIST, elected());
    }

    @Test
    void aMasterThatSaysNothingIsReplacedInTheEnd() {
        heard(2);
        now += MasterGracePeriod.WAIT_NANOS;
        assertEquals(1, memory.scanNeedReelectBrokerSets(alive).size());
        assertEquals(ResponseCode.SUCCESS, elected());
    }

    @Test
    void aMasterThatWasHeardAndIsMissedIsReplacedAtOnce() throws Exception {
        heard(2);
        Channel ofMaster = heard(1);
        heartbeats.onBrokerChannelClose(ofMaster);
        assertTrue(Raft.within(5_000, () -> !alive.check("c", "g", 1L)));
        assertEquals(ResponseCode.SUCCESS, elected());
    }

    @Test
    void onlyAMasterIsWaitedFor() {
        assertTrue(alive.check("c", "g", 1L));
        assertFalse(alive.check("c", "g", 2L));
        assertFalse(alive.check("c", "another", 1L));
    }
}
