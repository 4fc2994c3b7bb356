package io.hotfire.launcher.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.internals.DLedgerInternals;
import io.openmessaging.storage.dledger.DLedgerRpcService;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.protocol.AppendEntryRequest;
import io.openmessaging.storage.dledger.protocol.PushEntryRequest;
import io.openmessaging.storage.dledger.protocol.PushEntryResponse;
import io.openmessaging.storage.dledger.store.file.DLedgerMmapFileStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A follower whose disk is full, in a real group of two. */
@Execution(ExecutionMode.CONCURRENT)
class PacedComparesTest {
    private static final int ENTRIES = 20;
    private static final int FULL_MS = 4_000;
    /** Pauses of 5, 10, 20, … 500 ms: eight until the longest, and two a second from then on, and what was on its way. Without them there are over a hundred a second. */
    private static final int BEGIN = 8 + 20;
    private static final int MOST_A_SECOND = 2;

    @TempDir
    Path folder;
    private final List<DLedgerServer> servers = new ArrayList<>();
    private final AtomicInteger compares = new AtomicInteger();

    @AfterEach
    void stop() {
        servers.forEach(DLedgerServer::shutdown);
    }

    @Test
    void aFollowerThatTakesNothingIsComparedSeldom() throws Exception {
        String peers = Raft.peers();
        for (String self : new String[] {"n0", "n1"}) {
            DLedgerServer server = new DLedgerServer(Raft.config(folder.resolve(self), self, peers));
            DLedgerInternals.PUSHER_RPC.set(DLedgerInternals.SERVER_PUSHER.get(server), new PacedCompares(new Counted(server.getDLedgerRpcService())));
            // It looks at the real disk every 100 ms otherwise, and says that there is room.
            log(server).setEnableCleanSpaceService(false);
            servers.add(server);
            server.startup();
        }
        assertTrue(Raft.soon(() -> servers.stream().anyMatch(DLedgerServer::isLeader)));
        DLedgerServer leader = servers.stream().filter(DLedgerServer::isLeader).findFirst().orElseThrow();
        DLedgerServer follower = servers.stream().filter(one -> one != leader).findFirst().orElseThrow();
        append(leader);
        assertTrue(Raft.soon(() -> log(follower).getLedgerEndIndex() == 0));

        DLedgerInternals.DISK_FULL.set(log(follower), true);
        compares.set(0);
        for (int sent = 1; sent < ENTRIES; sent++) {
            append(leader);
        }
        long from = System.nanoTime();
        Thread.sleep(FULL_MS);
        int counted = compares.get();
        long most = BEGIN + MOST_A_SECOND * (1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - from));
        assertTrue(counted > 2 && counted <= most, counted + " comparisons, and no more than " + most + " are due");
        assertEquals(0, log(follower).getLedgerEndIndex());

        DLedgerInternals.DISK_FULL.set(log(follower), false);
        assertTrue(Raft.within(8_000, () -> log(follower).getLedgerEndIndex() == ENTRIES - 1), "with room again it catches up");
    }

    private static DLedgerMmapFileStore log(DLedgerServer server) {
        return (DLedgerMmapFileStore) server.getDLedgerStore();
    }

    private static void append(DLedgerServer leader) throws Exception {
        AppendEntryRequest request = new AppendEntryRequest();
        request.setGroup(Raft.GROUP);
        request.setRemoteId(leader.getMemberState().getSelfId());
        request.setBody(new byte[100]);
        leader.handleAppend(request);
    }

    private final class Counted extends ForwardingRpcService {
        Counted(DLedgerRpcService peers) {
            super(peers);
        }

        @Override
        public CompletableFuture<PushEntryResponse> push(PushEntryRequest request) throws Exception {
            if (request.getType() == PushEntryRequest.Type.COMPARE) {
                compares.incrementAndGet();
            }
            return super.push(request);
        }
    }
}
