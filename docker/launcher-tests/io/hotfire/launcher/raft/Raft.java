package io.hotfire.launcher.raft;

import io.hotfire.launcher.testkit.Ports;
import io.openmessaging.storage.dledger.DLedgerConfig;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.entry.DLedgerEntry;
import io.openmessaging.storage.dledger.protocol.VoteRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Members of a DLedger group of three, n0 to n2, on loopback. */
public final class Raft {
    public static final String GROUP = "broker-a";

    private Raft() {
    }

    public static String peers() throws IOException {
        return "n0-127.0.0.1:" + Ports.free() + ";n1-127.0.0.1:" + Ports.free() + ";n2-127.0.0.1:" + Ports.free();
    }

    static DLedgerConfig config(Path folder, String self, String peers) {
        DLedgerConfig config = new DLedgerConfig();
        config.setGroup(GROUP);
        config.setSelfId(self);
        config.setPeers(peers);
        config.setStoreBaseDir(folder.toString());
        config.setStoreType(DLedgerConfig.FILE);
        config.setMappedFileSizeForEntryData(1 << 20);
        config.setMappedFileSizeForEntryIndex(32 * 1000);
        config.init();
        return config;
    }

    /** Not started: nothing happens in it but what the test does. */
    public static DLedgerServer server(Path folder, String self) throws IOException {
        return new DLedgerServer(config(folder, self, peers()));
    }

    /** Of a group that was new, so that it may vote. */
    static DurableMember founder(DLedgerConfig config) {
        DurableMember member = DurableMember.open(config);
        founds(member);
        return member;
    }

    public static void founds(DurableMember member) {
        member.founds(Map.of());
    }

    /** A term that another member leads. */
    public static void follows(DurableMember member, String leader, long term) {
        member.changeToCandidate(term);
        member.nextTerm();
        member.changeToFollower(term, leader);
    }

    /** A term that this member leads. */
    public static void leads(DurableMember member, long term) {
        member.changeToCandidate(term);
        member.nextTerm();
        member.setCurrVoteFor(member.getSelfId());
        member.changeToLeader(term);
    }

    public static VoteRequest vote(String from, String to, long term) {
        VoteRequest request = new VoteRequest();
        request.setGroup(GROUP);
        request.setLeaderId(from);
        request.setLocalId(from);
        request.setRemoteId(to);
        request.setTerm(term);
        request.setLedgerEndIndex(100);
        request.setLedgerEndTerm(term - 1);
        return request;
    }

    public static DLedgerEntry entry(String body) {
        DLedgerEntry entry = new DLedgerEntry();
        entry.setMagic(1);
        entry.setBody(body.getBytes(StandardCharsets.UTF_8));
        return entry;
    }

    /** Whether it became true, on a machine that other work may hold up. For what is to come at all; a bound that the test is about has its number and reason there. */
    public static boolean soon(BooleanSupplier condition) throws InterruptedException {
        return within(30_000, condition);
    }

    /** Whether it became true within that time. */
    public static boolean within(long millis, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }
}
