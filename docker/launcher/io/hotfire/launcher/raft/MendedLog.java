package io.hotfire.launcher.raft;

import io.hotfire.launcher.configuration.ConfigurationException;
import io.hotfire.launcher.internals.InsideDLedger;
import io.openmessaging.storage.dledger.DLedgerEntryPusher;
import io.openmessaging.storage.dledger.DLedgerRpcNettyService;
import io.openmessaging.storage.dledger.DLedgerServer;

/** A DLedger server, of a broker or a controller, with a member and a log that lose no vote and no committed entry in place of DLedger's own. */
public record MendedLog(DLedgerServer server, DurableMember member, OwnTermStore entries) {
    /** None of what is replaced has been used: nothing is loaded, and no thread runs. */
    public static MendedLog of(DLedgerServer server) {
        if (!(server.getDLedgerRpcService() instanceof DLedgerRpcNettyService rpc)) {
            throw new ConfigurationException("DLedgerServer.getDLedgerRpcService() is no DLedgerRpcNettyService");
        }
        DLedgerEntryPusher pusher = InsideDLedger.SERVER_PUSHER.get(server);
        DurableMember member = DurableMember.open(server.getDLedgerConfig());
        OwnTermStore entries = new OwnTermStore(server.getDLedgerConfig(), member);
        InsideDLedger.SERVER_MEMBER.set(server, member);
        InsideDLedger.PUSHER_MEMBER.set(pusher, member);
        InsideDLedger.ELECTOR_MEMBER.set(server.getDLedgerLeaderElector(), member);
        InsideDLedger.SERVER_STORE.set(server, entries);
        InsideDLedger.PUSHER_STORE.set(pusher, entries);
        InsideDLedger.PUSHER_RPC.set(pusher, new LostPushes(new PacedCompares(new ExactCut(rpc, entries))));
        InsideDLedger.ELECTOR_RPC.set(server.getDLedgerLeaderElector(), new Newcomer(new EndedHandOvers(rpc), rpc, member, entries));
        return new MendedLog(server, member, entries);
    }
}
