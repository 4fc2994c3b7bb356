package io.hotfire.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openmessaging.storage.dledger.DLedgerRpcService;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.protocol.AppendEntryRequest;
import io.openmessaging.storage.dledger.protocol.DLedgerResponseCode;
import io.openmessaging.storage.dledger.protocol.PushEntryRequest;
import io.openmessaging.storage.dledger.protocol.PushEntryResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L5: a follower that lost entries on a broken connection has them soon, also while nothing new is sent. */
class LostPushesTest {
    private static final int ENTRIES = 30;

    @TempDir
    Path folder;
    private final List<DLedgerServer> servers = new ArrayList<>();
    private volatile boolean isBroken;

    @AfterEach
    void stop() {
        servers.forEach(DLedgerServer::shutdown);
    }

    @Test
    void whatWasLostIsSentAgainTogether() throws Exception {
        String peers = Raft.peers();
        for (String self : new String[] {"n0", "n1"}) {
            DLedgerServer server = new DLedgerServer(Raft.config(folder.resolve(self), self, peers));
            InsideDLedger.PUSHER_RPC.set(InsideDLedger.SERVER_PUSHER.get(server), new LostPushes(new Breakable(server.getDLedgerRpcService())));
            servers.add(server);
            server.startup();
        }
        assertTrue(Raft.within(20_000, () -> servers.stream().anyMatch(DLedgerServer::isLeader)));
        DLedgerServer leader = servers.stream().filter(DLedgerServer::isLeader).findFirst().orElseThrow();
        DLedgerServer follower = servers.stream().filter(one -> one != leader).findFirst().orElseThrow();
        append(leader);
        assertTrue(Raft.within(10_000, () -> end(follower) == 0));

        isBroken = true;
        for (int sent = 1; sent < ENTRIES; sent++) {
            append(leader);
        }
        Thread.sleep(200);
        isBroken = false;
        // One a second would be half a minute.
        assertTrue(Raft.within(5_000, () -> end(follower) == ENTRIES - 1), () -> "the follower has entries up to " + end(follower));
        assertTrue(Raft.within(5_000, () -> leader.getDLedgerStore().getCommittedIndex() == ENTRIES - 1));
    }

    private static long end(DLedgerServer server) {
        return server.getDLedgerStore().getLedgerEndIndex();
    }

    private static void append(DLedgerServer leader) throws Exception {
        AppendEntryRequest request = new AppendEntryRequest();
        request.setGroup(Raft.GROUP);
        request.setRemoteId(leader.getMemberState().getSelfId());
        request.setBody(new byte[100]);
        leader.handleAppend(request);
    }

    /** The answer of a push whose connection broke is what DLedgerRpcNettyService makes of that. */
    private final class Breakable extends Peers {
        Breakable(DLedgerRpcService peers) {
            super(peers);
        }

        @Override
        public CompletableFuture<PushEntryResponse> push(PushEntryRequest request) throws Exception {
            if (!isBroken) {
                return super.push(request);
            }
            PushEntryResponse broken = new PushEntryResponse();
            broken.copyBaseInfo(request);
            broken.setCode(DLedgerResponseCode.NETWORK_ERROR.getCode());
            return CompletableFuture.completedFuture(broken);
        }
    }
}
