package io.hotfire.launcher.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openmessaging.storage.dledger.DLedgerConfig;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.exception.DLedgerException;
import io.openmessaging.storage.dledger.protocol.AppendEntryRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** H2: three real members on loopback, one of which loses its disk. */
@Execution(ExecutionMode.CONCURRENT)
class NewcomerTest {
    @TempDir
    Path folder;
    private final Map<String, DurableServer> group = new TreeMap<>();
    private String peers;

    @BeforeEach
    void choose() throws Exception {
        peers = Raft.peers();
    }

    @AfterEach
    void stop() {
        group.values().parallelStream().forEach(one -> one.server().shutdown());
    }

    private DLedgerConfig config(String self) {
        DLedgerConfig config = Raft.config(folder.resolve(self), self, peers);
        config.setHeartBeatTimeIntervalMs(200);
        config.setMinVoteIntervalMs(50);
        config.setMaxVoteIntervalMs(150);
        return config;
    }

    private DurableServer start(String self) {
        DurableServer log = DurableServer.of(new DLedgerServer(config(self)));
        group.put(self, log);
        log.server().startup();
        return log;
    }

    private void stop(DurableServer log) {
        String self = log.member().getSelfId();
        group.remove(self).server().shutdown();
    }

    private void loseDisk(String self) throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve(self))) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    private DurableServer leader() throws Exception {
        assertTrue(Raft.soon(() -> leaderOrNull() != null), () -> "no leader: " + group.values().stream().map(one -> one.member().getRole()).toList());
        return leaderOrNull();
    }

    private DurableServer leaderOrNull() {
        return group.values().stream().filter(one -> one.member().isLeader()).findFirst().orElse(null);
    }

    /** Until {@code copies} members have it. Appended again where its leader is replaced meanwhile: with DLedger's own timers it may give up after its first heartbeat. */
    private void append(int copies) throws Exception {
        for (long until = System.nanoTime() + 20_000_000_000L; System.nanoTime() - until < 0;) {
            DurableServer leader = leader();
            leader.entries().takeWritesOf(leader.member().currTerm());
            AppendEntryRequest request = new AppendEntryRequest();
            request.setGroup(Raft.GROUP);
            request.setRemoteId(leader.member().getSelfId());
            request.setBody("entry".getBytes());
            leader.server().handleAppend(request);
            long end = leader.entries().getLedgerEndIndex();
            if (Raft.within(2000, () -> end >= 0 && leader.entries().getCommittedIndex() >= end
                && group.values().stream().filter(one -> one.entries().getLedgerEndIndex() >= end).count() >= copies)) {
                return;
            }
        }
        throw new AssertionError("no entry was committed by " + copies);
    }

    /** Seven starts and four stops of servers, each some seconds on a busy machine. */
    @Test
    @Timeout(180)
    void aMemberThatLostItsDiskElectsNobodyWithoutWhatItHad() throws Exception {
        for (String self : new String[] {"n0", "n1", "n2"}) {
            start(self);
        }
        append(3);
        DurableServer first = leader();
        String firstId = first.member().getSelfId();
        String lagging = Stream.of("n0", "n1", "n2").filter(id -> !id.equals(firstId)).findFirst().orElseThrow();
        stop(group.get(lagging));
        append(2);
        String leaderId = leader().member().getSelfId();
        String lost = group.keySet().stream().filter(id -> !id.equals(leaderId)).findFirst().orElseThrow();

        stop(group.get(lost));
        stop(group.get(leaderId));
        loseDisk(lost);
        DurableServer emptied = start(lost);
        start(lagging);
        assertFalse(Raft.within(3000, () -> leaderOrNull() != null), "the second entry is on " + leaderId + " alone, which is away");
        assertFalse(emptied.member().mayVote());

        start(leaderId);
        assertEquals(leaderId, leader().member().getSelfId(), "nobody else has it");
        append(3);
        assertTrue(Raft.soon(emptied.member()::mayVote), "it has all that its group has");
        stop(leader());
        assertTrue(leader().entries().getLedgerEndIndex() >= 2, "and with its vote another one is elected");
    }

    @Test
    void aMemberWithAnEmptyDiskSaysNothingAndLeadsNothing() {
        DurableMember member = DurableMember.open(config("n0"));
        assertThrows(DLedgerException.class, () -> member.setCurrVoteFor("n1"));
        member.setCurrVoteFor("n0");
        assertNull(member.currVoteFor());
        assertThrows(DLedgerException.class, () -> member.changeToLeader(0));
        assertFalse(DurableMember.open(config("n0")).mayVote(), "after a restart");
        member.isFilled(7);
        DurableMember restarted = DurableMember.open(config("n0"));
        assertTrue(restarted.mayVote());
        assertEquals(TermAndVote.UNKNOWN, restarted.currVoteFor(), "it may have voted in this term, with the disk before");
    }

    @Test
    void aDiskOfAnImageBeforeThisIsAMembers() throws Exception {
        Path store = Path.of(config("n0").getDefaultPath());
        Files.createDirectories(store);
        Files.writeString(store.resolve("currterm"), "voteLeader=\ncurrTerm=3\n");
        assertTrue(DurableMember.open(config("n0")).mayVote());
    }
}
