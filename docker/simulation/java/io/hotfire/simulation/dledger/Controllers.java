package io.hotfire.simulation.dledger;

import io.hotfire.launcher.ControllerMember;
import io.hotfire.simulation.plan.Invariant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.rocketmq.common.ControllerConfig;
import org.apache.rocketmq.controller.impl.event.EventMessage;
import org.apache.rocketmq.controller.impl.event.EventSerializer;
import org.apache.rocketmq.controller.impl.manager.ReplicasInfoManager;
import org.apache.rocketmq.controller.impl.manager.SyncStateInfo;
import org.apache.rocketmq.remoting.protocol.body.SyncStateSet;
import org.apache.rocketmq.remoting.protocol.header.controller.AlterSyncStateSetRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.ElectMasterRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.register.ApplyBrokerIdRequestHeader;

/**
 * RocketMQ's controllers: the same DLedger group, with ReplicasInfoManager, its events and its state machine behind it, all real. The thread
 * that hands requests to it (DLedgerController.EventScheduler) is re-stated: one request after another, whose events are appended.
 */
public final class Controllers extends Group {
    private static final String GROUP = "broker-a";

    private final EventSerializer serializer = new EventSerializer();
    private final ControllerConfig config = new ControllerConfig();
    private final Map<Member, ReplicasInfoManager> managers = new HashMap<>();
    private int requests;

    @Override
    protected void prepare(Member member) {
        ReplicasInfoManager manager = new ReplicasInfoManager(config);
        managers.put(member, manager);
        ControllerMember.install(member.server(), manager, serializer);
    }

    /** What brokers and operators ask for in turn: three brokers register, then masters are elected and sets change. */
    @Override
    protected List<byte[]> bodies(Member leader) {
        ReplicasInfoManager manager = managers.get(leader);
        SyncStateInfo now = ControllerMember.info(manager, GROUP);
        long broker = 1 + requests++ % 3;
        List<EventMessage> events;
        if (now == null || requests < 8) {
            events = manager.applyBrokerId(new ApplyBrokerIdRequestHeader("c", GROUP, broker, "127.0.0.1:1;" + broker)).getEvents();
        } else if (now.getMasterBrokerId() == null || requests % 2 == 0) {
            events = manager.electMaster(ElectMasterRequestHeader.ofAdminTrigger("c", GROUP, broker),
                (cluster, name, set, all, old, preferred) -> preferred).getEvents();
        } else {
            Set<Long> set = new HashSet<>(List.of(1L, 2L, 3L));
            set.removeIf(one -> one == broker && !one.equals(now.getMasterBrokerId()));
            events = manager.alterSyncStateSet(new AlterSyncStateSetRequestHeader(GROUP, now.getMasterBrokerId(), now.getMasterEpoch()),
                new SyncStateSet(set, now.getSyncStateSetEpoch()), (cluster, name, id) -> true).getEvents();
        }
        return events == null ? List.of() : events.stream().map(this::serialized).toList();
    }

    private byte[] serialized(EventMessage event) {
        return serializer.serialize(event);
    }

    @Override
    protected void finish(List<Member> all, Checks checks) {
        settle();
        Map<String, String> said = new TreeMap<>();
        all.forEach(member -> said.put(member.toString(), ControllerMember.state(managers.get(member), GROUP)));
        if (new HashSet<>(said.values()).size() > 1) {
            checks.found(Invariant.APPLIED_ONCE, "with the same log " + said);
        }
    }
}
