package io.hotfire.simulation.dledger;

import io.hotfire.launcher.simulated.FastMember;
import io.hotfire.simulation.net.Network;
import io.hotfire.simulation.world.Killed;
import io.hotfire.simulation.world.Node;
import io.hotfire.simulation.world.Preemption;
import io.openmessaging.storage.dledger.DLedgerConfig;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.entry.DLedgerEntry;
import io.openmessaging.storage.dledger.store.file.DLedgerMmapFileStore;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One member of a DLedger group: DLedger's server, real, on a simulated node. */
final class Member {
    private static final int DATA_FILE = 1 << 17;
    /** DLedger's 10 ms are for a machine that may lose power. */
    private static final long FLUSH_EVERY_MS = 200;
    private static final int INDEX_FILE = DLedgerMmapFileStore.INDEX_UNIT_SIZE * 2048;

    private final Node node;
    private final int size;
    private final boolean isFast;
    private final BiConsumer<Member, MemberState.Role> onRole;
    private final Consumer<Member> beforeStart;
    private DLedgerServer server;
    /** Of the last process that has read it: one that was killed before leaves what is on the disk as it is. */
    private DLedgerMmapFileStore log;
    private final Map<Long, String> lost = new HashMap<>();

    Member(Node node, int size, boolean isFast, BiConsumer<Member, MemberState.Role> onRole, Consumer<Member> beforeStart) {
        this.node = node;
        this.size = size;
        this.isFast = isFast;
        this.onRole = onRole;
        this.beforeStart = beforeStart;
    }

    void start() {
        node.starts();
        node.world().as(node, this::startOrFail);
    }

    /** A start that fails is a fault of the simulation: nothing that it would find after that counts. */
    private void startOrFail() {
        try {
            startHere();
        } catch (Killed e) {
            throw e;
        } catch (Throwable e) {
            node.world().fail(e);
        }
    }

    private void startHere() {
        server = new DLedgerServer(config());
        server.getDLedgerLeaderElector().addRoleChangeHandler(new DLedgerLeaderElector.RoleChangeHandler() {
            @Override
            public void handle(long term, MemberState.Role role) {
                onRole.accept(Member.this, role);
            }

            @Override
            public void startup() {
            }

            @Override
            public void shutdown() {
            }
        });
        beforeStart.accept(this);
        store().setEnableCleanSpaceService(false);
        Preemption.never(node, state());
        server.startup();
        log = store();
        node.world().story().tell(node + " starts" + (isFast ? " (fast)" : "") + ": term " + state().currTerm() + ", voted for " + state().currVoteFor()
            + ", log up to " + state().getLedgerEndIndex());
    }

    /** Its disk is lost. */
    void loses() {
        lost.clear();
        for (long index = 0; log != null && index <= log.getLedgerEndIndex(); index++) {
            lost.put(index, at(index));
        }
        node.loseDisk();
        log = null;
    }

    /**
     * What its disk had at an index when it was lost, or null: until this member has its group's log again, what it has acknowledged with that disk counts, and its answer may
     * still be on its way.
     */
    String lost(long index) {
        return isWhole() ? null : lost.get(index);
    }

    /** Whether it has what its group has, as far as it has ever lost its disk. */
    boolean isWhole() {
        return log != null && FastMember.mayVote(state());
    }

    private DLedgerConfig config() {
        StringJoiner peers = new StringJoiner(";");
        for (int i = 0; i < size; i++) {
            peers.add("n" + i + "-127.0.0.1:" + (Network.FIRST_PORT + i));
        }
        DLedgerConfig config = new DLedgerConfig();
        config.setGroup("broker-a");
        config.setSelfId(node.toString());
        config.setPeers(peers.toString());
        config.setStoreBaseDir("/store");
        config.setMappedFileSizeForEntryData(DATA_FILE);
        config.setMappedFileSizeForEntryIndex(INDEX_FILE);
        config.setFlushFileInterval(FLUSH_EVERY_MS);
        // A state machine's snapshots need folders, which a simulated disk does not have.
        config.setSnapshotThreshold(Integer.MAX_VALUE);
        return config;
    }

    Node node() {
        return node;
    }

    boolean isFast() {
        return isFast;
    }

    DLedgerServer server() {
        return server;
    }

    MemberState state() {
        return server.getMemberState();
    }

    DLedgerMmapFileStore store() {
        return (DLedgerMmapFileStore) server.getDLedgerStore();
    }

    boolean leads() {
        return node.isUp() && server != null && state().isLeader();
    }

    /** What its log has at an index, as "body of term", or null; also of a process that has been killed, whose disk is still there. */
    String at(long index) {
        if (log == null || index < 0 || index > log.getLedgerEndIndex()) {
            return null;
        }
        DLedgerEntry entry = log.get(index);
        return said(entry.getBody(), entry.getTerm());
    }

    /** An entry as stories name it. */
    static String said(byte[] body, long term) {
        return new String(body, StandardCharsets.UTF_8).strip() + " of term " + term;
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
