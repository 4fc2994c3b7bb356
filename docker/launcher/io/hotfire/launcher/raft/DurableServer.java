package io.hotfire.launcher.raft;

import io.hotfire.launcher.configuration.ConfigurationException;
import io.hotfire.launcher.internals.DLedgerInternals;
import io.openmessaging.storage.dledger.DLedgerEntryPusher;
import io.openmessaging.storage.dledger.DLedgerRpcNettyService;
import io.openmessaging.storage.dledger.DLedgerServer;

/** A DLedger server, of a broker or a controller, with a member and a log that lose no vote and no committed entry in place of DLedger's own. */
public record DurableServer(DLedgerServer server, DurableMember member, CurrentTermStore entries) {
    /** None of what is replaced has been used: nothing is loaded, and no thread runs. */
    public static DurableServer of(DLedgerServer server) {
        if (!(server.getDLedgerRpcService() instanceof DLedgerRpcNettyService rpc)) {
            throw new ConfigurationException("DLedgerServer.getDLedgerRpcService() is no DLedgerRpcNettyService");
        }
        DLedgerEntryPusher pusher = DLedgerInternals.SERVER_PUSHER.get(server);
        DurableMember member = DurableMember.open(server.getDLedgerConfig());
        CurrentTermStore entries = new CurrentTermStore(server.getDLedgerConfig(), member);
        DLedgerInternals.SERVER_MEMBER.set(server, member);
        DLedgerInternals.PUSHER_MEMBER.set(pusher, member);
        DLedgerInternals.ELECTOR_MEMBER.set(server.getDLedgerLeaderElector(), member);
        DLedgerInternals.SERVER_STORE.set(server, entries);
        DLedgerInternals.PUSHER_STORE.set(pusher, entries);
        DLedgerInternals.PUSHER_RPC.set(pusher, new LostPushes(new PacedCompares(new ExactTruncation(rpc, entries))));
        DLedgerInternals.ELECTOR_RPC.set(server.getDLedgerLeaderElector(), new Newcomer(new TransferTimeout(rpc), rpc, member, entries));
        return new DurableServer(server, member, entries);
    }
}
