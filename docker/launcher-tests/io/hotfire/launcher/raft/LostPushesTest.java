package io.hotfire.launcher.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.internals.DLedgerInternals;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** L5: a follower that lost an entry has it and those behind it soon. That case is quick enough without LostPushes too, where the answer says that the network failed. */
@Execution(ExecutionMode.CONCURRENT)
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
            DLedgerInternals.PUSHER_RPC.set(DLedgerInternals.SERVER_PUSHER.get(server), new LostPushes(new Breakable(server.getDLedgerRpcService())));
            servers.add(server);
            server.startup();
        }
        assertTrue(Raft.soon(() -> servers.stream().anyMatch(DLedgerServer::isLeader)));
        DLedgerServer leader = servers.stream().filter(DLedgerServer::isLeader).findFirst().orElseThrow();
        DLedgerServer follower = servers.stream().filter(one -> one != leader).findFirst().orElseThrow();
        append(leader);
        assertTrue(Raft.soon(() -> end(follower) == 0));

        isBroken = true;
        for (int sent = 1; sent < ENTRIES; sent++) {
            append(leader);
        }
        // DLedgerRpcNettyService hears no answer after 3 s.
        Thread.sleep(4_000);
        isBroken = false;
        // One a second would be half a minute.
        assertTrue(Raft.within(8_000, () -> leader.getDLedgerStore().getCommittedIndex() == ENTRIES - 1),
            () -> "committed up to " + leader.getDLedgerStore().getCommittedIndex() + ", the follower has entries up to " + end(follower));
    }

    @Test
    void aPushThatFailedCountsAsADifference() throws Exception {
        assertEquals(DLedgerResponseCode.INCONSISTENT_STATE.getCode(), answered(PushEntryRequest.Type.APPEND), "the leader compares once more");
        assertEquals(DLedgerResponseCode.NETWORK_ERROR.getCode(), answered(PushEntryRequest.Type.COMPARE), "it compares already");
    }

    private static int answered(PushEntryRequest.Type type) throws Exception {
        PushEntryRequest request = new PushEntryRequest();
        request.setType(type);
        return new LostPushes(new ForwardingRpcService(null) {
            @Override
            public CompletableFuture<PushEntryResponse> push(PushEntryRequest asked) {
                PushEntryResponse broken = new PushEntryResponse();
                broken.setCode(DLedgerResponseCode.NETWORK_ERROR.getCode());
                return CompletableFuture.completedFuture(broken);
            }
        }).push(request).get().getCode();
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

    /** One entry does not come through, and those behind it wait for it at the follower. The answer is what DLedgerRpcNettyService makes of that. */
    private final class Breakable extends ForwardingRpcService {
        Breakable(DLedgerRpcService peers) {
            super(peers);
        }

        @Override
        public CompletableFuture<PushEntryResponse> push(PushEntryRequest request) throws Exception {
            if (!isBroken || request.getEntry() == null || request.getEntry().getIndex() != 1) {
                return super.push(request);
            }
            PushEntryResponse broken = new PushEntryResponse();
            broken.copyBaseInfo(request);
            broken.setCode(DLedgerResponseCode.NETWORK_ERROR.getCode());
            return new CompletableFuture<PushEntryResponse>().completeOnTimeout(broken, 500, TimeUnit.MILLISECONDS);
        }
    }
}
