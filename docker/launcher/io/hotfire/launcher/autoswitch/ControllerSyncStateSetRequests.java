package io.hotfire.launcher.autoswitch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.rocketmq.broker.controller.ReplicasManager;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.body.SyncStateSet;

/**
 * Changes of the in-sync set, asked of the controllers by ReplicasManager's own request.
 *
 * ReplicasManager.doReportSyncStateSetChanged takes a set and names the epoch that it knows when it sends it: a set that was made of an older
 * one could bring back a slave that had been taken out since, and for whom nobody waited meanwhile. It also swallows how the request ended. This hook
 * sees every such request go out and come back. It lets pass those alone that {@link #send} made, of the set whose epoch they name.
 */
final class ControllerSyncStateSetRequests implements SyncStateSetRequests, RPCHook {
    /** Answers that are given before anything is written (ReplicasInfoManager.alterSyncStateSet, DLedgerController.appendEvent). */
    private static final Set<Integer> REFUSALS = Set.of(ResponseCode.CONTROLLER_FENCED_MASTER_EPOCH, ResponseCode.CONTROLLER_FENCED_SYNC_STATE_SET_EPOCH,
        ResponseCode.CONTROLLER_INVALID_MASTER, ResponseCode.CONTROLLER_INVALID_REPLICAS, ResponseCode.CONTROLLER_BROKER_NOT_ALIVE,
        ResponseCode.CONTROLLER_ALTER_SYNC_STATE_SET_FAILED, ResponseCode.CONTROLLER_NOT_LEADER);

    private final ReplicasManager replicas;
    private final List<Consumer<Set<Long>>> reporters = new CopyOnWriteArrayList<>();
    /** The thread that sends, what of, and how it went. */
    private volatile Thread sender;
    private volatile Basis basis;
    private volatile RemotingCommand sent;
    private volatile Outcome outcome = Outcome.REFUSED;

    ControllerSyncStateSetRequests(ReplicasManager replicas) {
        this.replicas = replicas;
    }

    /** ReplicasManager's way of sending, once it has registered at the controllers. */
    void through(Consumer<Set<Long>> reporter) {
        reporters.add(reporter);
    }

    @Override
    public Basis basis() {
        synchronized (replicas) { // ReplicasManager.changeSyncStateSet
            SyncStateSet known = replicas.getSyncStateSet();
            return new Basis(known.getSyncStateSet() == null ? Set.of() : new HashSet<>(known.getSyncStateSet()), known.getSyncStateSetEpoch());
        }
    }

    @Override
    public Outcome send(Set<Long> wanted, Basis from) {
        outcome = Outcome.REFUSED;
        sent = null;
        basis = from;
        sender = Thread.currentThread();
        try {
            reporters.forEach(reporter -> reporter.accept(wanted));
        } finally {
            sender = null;
        }
        return outcome;
    }

    @Override
    public void doBeforeRequest(String address, RemotingCommand request) {
        if (request.getCode() != RequestCode.CONTROLLER_ALTER_SYNC_STATE_SET) {
            return;
        }
        if (Thread.currentThread() != sender
            || RemotingSerializable.decode(request.getBody(), SyncStateSet.class).getSyncStateSetEpoch() != basis.epoch()) {
            throw new IllegalStateException("hotfire: a set that was made of an older one is not sent");
        }
        outcome = Outcome.UNKNOWN;
        sent = request;
    }

    @Override
    public void doAfterResponse(String address, RemotingCommand request, RemotingCommand response) {
        if (request != sent) {
            return;
        }
        if (response.getCode() == ResponseCode.SUCCESS) {
            outcome = Outcome.TAKEN;
        } else if (REFUSALS.contains(response.getCode())) {
            outcome = Outcome.REFUSED;
        }
    }
}
