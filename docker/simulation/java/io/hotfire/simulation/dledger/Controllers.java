package io.hotfire.simulation.dledger;

import io.hotfire.launcher.simulated.ControllerMember;
import io.hotfire.simulation.plan.Invariant;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.exception.DLedgerException;
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
 * that hands requests to it is re-stated ({@link Scheduling}).
 */
public final class Controllers extends Group {
    private static final String GROUP = "broker-a";
    /** Requests until all three brokers are known. */
    private static final int BEGIN = 8;

    private final EventSerializer serializer = new EventSerializer();
    private final ControllerConfig config = new ControllerConfig();
    private final Map<Member, ReplicasInfoManager> managers = new HashMap<>();
    private final Map<Member, Scheduling> schedulings = new HashMap<>();
    private int requests;

    @Override
    protected void prepare(Member member) {
        managers.put(member, ControllerMember.install(member.server(), member.isFast(), config, serializer,
            () -> checks().found(Invariant.APPLIED_ONCE, member + " has applied events that are replaced")));
        schedulings.put(member, new Scheduling(world(), member, (response, body) -> checks().acknowledges(member, response.getIndex(), body,
            response.getTerm())));
    }

    @Override
    protected void becomes(Member member, MemberState.Role role) {
        schedulings.get(member).becomes(role);
    }

    @Override
    protected void sendTo(Member leader) {
        schedulings.get(leader).take(() -> decide(leader));
        masterIsInSet(leader);
    }

    /** What brokers and operators ask for: three brokers register in turn, then one is elected master and leaves the set, whichever. */
    private List<byte[]> decide(Member leader) {
        ReplicasInfoManager manager = managers.get(leader);
        SyncStateInfo now = ControllerMember.info(manager, GROUP);
        int turn = requests++;
        long broker = 1 + (turn < BEGIN ? turn : world().random().nextInt(3)) % 3;
        List<EventMessage> events;
        try {
            if (now == null || requests < BEGIN) {
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
        } catch (DLedgerException e) {
            world().story().tell(leader + " decides nothing: " + e.getMessage());
            return List.of();
        }
        return events == null ? List.of() : events.stream().map(this::serialized).toList();
    }

    private byte[] serialized(EventMessage event) {
        return serializer.serialize(event);
    }

    private void masterIsInSet(Member member) {
        SyncStateInfo info = ControllerMember.info(managers.get(member), GROUP);
        if (info != null && info.getMasterBrokerId() != null && !info.getSyncStateSet().contains(info.getMasterBrokerId())) {
            checks().found(Invariant.MASTER_IN_SET, member + " says " + ControllerMember.state(managers.get(member), GROUP));
        }
    }

    @Override
    protected void finish(List<Member> all, Checks checks) {
        settle(() -> isSame(said(all)));
        all.forEach(this::masterIsInSet);
        if (!isSame(said(all))) {
            checks.found(Invariant.APPLIED_ONCE, "with the same log " + said(all));
        }
    }

    private Map<String, String> said(List<Member> all) {
        Map<String, String> said = new TreeMap<>();
        all.forEach(member -> said.put(member.toString(), ControllerMember.state(managers.get(member), GROUP)));
        return said;
    }

    private static boolean isSame(Map<String, String> said) {
        return new HashSet<>(said.values()).size() == 1;
    }
}
