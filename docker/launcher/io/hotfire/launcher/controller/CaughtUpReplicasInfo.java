package io.hotfire.launcher.controller;

import io.openmessaging.storage.dledger.entry.DLedgerEntry;
import io.openmessaging.storage.dledger.exception.DLedgerException;
import io.openmessaging.storage.dledger.protocol.DLedgerResponseCode;
import java.util.function.LongSupplier;
import org.apache.rocketmq.common.ControllerConfig;
import org.apache.rocketmq.controller.elect.ElectPolicy;
import org.apache.rocketmq.controller.helper.BrokerValidPredicate;
import org.apache.rocketmq.controller.impl.event.ControllerResult;
import org.apache.rocketmq.controller.impl.manager.ReplicasInfoManager;
import org.apache.rocketmq.remoting.protocol.body.SyncStateSet;
import org.apache.rocketmq.remoting.protocol.header.controller.AlterSyncStateSetRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.AlterSyncStateSetResponseHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.ElectMasterRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.ElectMasterResponseHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.admin.CleanControllerBrokerDataRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.register.ApplyBrokerIdRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.register.ApplyBrokerIdResponseHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.register.RegisterBrokerToControllerRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.register.RegisterBrokerToControllerResponseHeader;

/**
 * A controller's memory that decides on all of its log. An event is made of the memory, put into the log, and checked by nothing when it is applied. The controller's
 * one thread for it waits for the one before, but for 5 s only (DLedgerController.appendToDLedgerAndWait): then it makes the next one of a memory without it, and both are
 * applied once the controller reaches the others again. An in-sync set of {1, 3}, made while 1 was the master, so follows the promotion of 2 alone, who is not in it; 3
 * may be elected next, without what 2 has acknowledged. Refused here: a decision while the log has entries that are not applied, and an event that
 * is not the next entry behind those it was decided on.
 */
final class CaughtUpReplicasInfo extends ReplicasInfoManager {
    private final LongSupplier end;
    private final LongSupplier applied;
    private volatile long decidedOn = -1;

    /** {@code end} is the index of the log's last entry, {@code applied} that of the last one that is in the memory; -1 for none. */
    CaughtUpReplicasInfo(ControllerConfig config, LongSupplier end, LongSupplier applied) {
        super(config);
        this.end = end;
        this.applied = applied;
    }

    /** In DLedger's lock, before anything is written. Each decision makes one event at most; an entry without a body is none. */
    void check(DLedgerEntry entry) {
        if (entry.getBody() != null && entry.getBody().length > 0 && entry.getIndex() != decidedOn + 1) {
            throw new DLedgerException(DLedgerResponseCode.LEADER_NOT_READY, "event %d was decided on the log up to %d", entry.getIndex(), decidedOn);
        }
    }

    private void decide() {
        long last = end.getAsLong();
        long known = applied.getAsLong();
        if (known < last) {
            throw new DLedgerException(DLedgerResponseCode.LEADER_NOT_READY, "the log has entries up to %d, of which those from %d on are not committed yet",
                last, known + 1);
        }
        decidedOn = last;
    }

    @Override
    public ControllerResult<AlterSyncStateSetResponseHeader> alterSyncStateSet(
        AlterSyncStateSetRequestHeader request, SyncStateSet set, BrokerValidPredicate isAlive
    ) {
        decide();
        return super.alterSyncStateSet(request, set, isAlive);
    }

    @Override
    public ControllerResult<ElectMasterResponseHeader> electMaster(ElectMasterRequestHeader request, ElectPolicy policy) {
        decide();
        return super.electMaster(request, policy);
    }

    @Override
    public ControllerResult<ApplyBrokerIdResponseHeader> applyBrokerId(ApplyBrokerIdRequestHeader request) {
        decide();
        return super.applyBrokerId(request);
    }

    @Override
    public ControllerResult<RegisterBrokerToControllerResponseHeader> registerBroker(
        RegisterBrokerToControllerRequestHeader request, BrokerValidPredicate isAlive
    ) {
        decide();
        return super.registerBroker(request, isAlive);
    }

    @Override
    public ControllerResult<Void> cleanBrokerData(CleanControllerBrokerDataRequestHeader request, BrokerValidPredicate isAlive) {
        decide();
        return super.cleanBrokerData(request, isAlive);
    }
}
