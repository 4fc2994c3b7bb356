package io.hotfire.launcher.controller;

import io.hotfire.launcher.failover.FailoverTimers;
import io.hotfire.launcher.failover.FastFailover;
import io.hotfire.launcher.internals.ControllerModeInternals;
import io.hotfire.launcher.polling.IdlePolling;
import io.hotfire.launcher.raft.CommittedCaller;
import io.hotfire.launcher.raft.CurrentTermStore;
import io.hotfire.launcher.raft.DurableMember;
import io.hotfire.launcher.raft.DurableServer;
import io.openmessaging.storage.dledger.DLedgerServer;
import java.util.function.LongConsumer;
import org.apache.rocketmq.common.ControllerConfig;
import org.apache.rocketmq.controller.BrokerHeartbeatManager;
import org.apache.rocketmq.controller.ControllerManager;
import org.apache.rocketmq.controller.elect.impl.DefaultElectPolicy;
import org.apache.rocketmq.controller.impl.DLedgerController;
import org.apache.rocketmq.controller.impl.DLedgerControllerStateMachine;
import org.apache.rocketmq.controller.impl.event.EventSerializer;

/**
 * A controller's part in its DLedger group, and its memory behind it, with what loses votes, committed events or the order of decisions replaced, in
 * each profile. A term's writes are taken once the first entry of it has been applied, and with it all before: DLedgerController's own empty one.
 */
public record ControllerLog(DurableServer log, CaughtUpReplicasInfo memory) {
    /** Ends this process, so that it reads its log anew. */
    private static final int EXIT_REPLACED = 70;

    /** Null for a controller that is not DLedger's. Between its creation and its start. */
    public static ControllerLog mend(ControllerManager controllers) {
        if (!(controllers.getController() instanceof DLedgerController controller)) {
            return null;
        }
        BrokerHeartbeatManager heartbeats = controllers.getHeartbeatManager();
        MasterGracePeriod[] alive = new MasterGracePeriod[1];
        ControllerLog mended = mend(controller, term -> alive[0].leads(term));
        alive[0] = new MasterGracePeriod(heartbeats, mended.memory, System::nanoTime);
        controller.setBrokerAlivePredicate(alive[0]);
        controller.setElectPolicy(new DefaultElectPolicy(alive[0], heartbeats::getBrokerLiveInfo));
        return mended;
    }

    static ControllerLog mend(DLedgerController controller, LongConsumer onLead) {
        ControllerLog mended = mend(ControllerModeInternals.SERVER.get(controller), controller.getControllerConfig(), new EventSerializer(), onLead,
            () -> Runtime.getRuntime().halt(EXIT_REPLACED));
        ControllerModeInternals.REPLICAS_INFO.set(controller, mended.memory);
        return mended;
    }

    /**
     * {@code onLead} is told of the term in which this controller leads, with each entry of it that it has applied, {@code onReplaced} is run when
     * events that have been applied are taken out of the log again.
     */
    public static ControllerLog mend(DLedgerServer server, ControllerConfig config, EventSerializer serializer, LongConsumer onLead, Runnable onReplaced) {
        DurableServer log = DurableServer.of(server);
        CurrentTermStore entries = log.entries();
        DurableMember member = log.member();
        ApplyOnceStateMachine[] machine = new ApplyOnceStateMachine[1];
        CaughtUpReplicasInfo memory = new CaughtUpReplicasInfo(config, entries::getLedgerEndIndex, () -> machine[0].applied());
        // Only where other controllers still count as DLedger does, of an older image while a cluster is upgraded node by node.
        Runnable forget = () -> {
            if (machine[0].applied() > entries.getCommittedIndex()) {
                System.err.println("hotfire: events that this controller has applied are replaced: it ends, and begins again with its log");
                onReplaced.run();
            }
        };
        machine[0] = new ApplyOnceStateMachine(new DLedgerControllerStateMachine(memory, serializer, member.getGroup(), member.getSelfId()), entry -> {
            if (takesWrites(log, entry.getTerm())) {
                onLead.accept(entry.getTerm());
            }
            forget.run();
        });
        CommittedCaller.install(log, machine[0]);
        entries.addAppendHook((entry, buffer, offset) -> memory.check(entry));
        entries.onTakenBack(position -> forget.run());
        return new ControllerLog(log, memory);
    }

    /** Before the controller starts: elections as a profile's {@code timers} say, RocketMQ's where they are null, and threads that rest where there is nothing to do. */
    public void hasten(FailoverTimers timers) {
        if (timers != null) {
            // The controllers' leader registers nowhere: brokers ask each controller who leads.
            FastFailover.install(log.server(), timers, () -> { });
        }
        IdlePolling.install(log.server(), log.entries());
    }

    private static boolean takesWrites(DurableServer log, long term) {
        synchronized (log.member()) {
            boolean isLeader = log.member().isLeader() && log.member().currTerm() == term;
            if (isLeader) {
                log.entries().takeWritesOf(term);
            }
            return isLeader;
        }
    }
}
