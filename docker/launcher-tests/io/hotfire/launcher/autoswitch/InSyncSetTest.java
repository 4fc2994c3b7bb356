package io.hotfire.launcher.autoswitch;

import static io.hotfire.launcher.autoswitch.GroupOfStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.autoswitch.SyncStateSetRequests.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.rocketmq.common.MixAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Broker 1 is master, and has 100 bytes when it is promoted. */
class InSyncSetTest {
    private static final int ALL = MixAll.ALL_ACK_IN_SYNC_STATE_SET;

    private final Map<Long, Long> acks = new ConcurrentHashMap<>();
    private final List<Set<Long>> asked = new CopyOnWriteArrayList<>();
    private volatile Outcome outcome = Outcome.REFUSED;
    private volatile Set<Long> known = Set.of(1L);
    private final InSyncSet set = new InSyncSet(new SyncStateSetRequests() {
        @Override
        public Basis basis() {
            return new Basis(known, 0);
        }

        @Override
        public Outcome send(Set<Long> wanted, Basis basis) {
            asked.add(Set.copyOf(wanted));
            return outcome;
        }
    }, () -> acks, () -> 0, () -> 1);

    @BeforeEach
    void promote() {
        agree(1L);
        set.begin(1, 1, 100);
    }

    @Test
    void aSlaveThatTheControllersRefusedIsNotWaitedFor() throws Exception {
        report(2, 100);
        await("asked", () -> asked.contains(Set.of(1L, 2L)));
        await("not waited for", () -> set.needed().equals(Set.of(1L)));
        assertTrue(set.acknowledge(200, ALL, 1));
    }

    @Test
    void aSlaveOfAnUnansweredRequestIsWaitedForUntilTheSetHasAnotherEpoch() throws Exception {
        outcome = Outcome.UNKNOWN;
        report(2, 100);
        await("asked", () -> asked.contains(Set.of(1L, 2L)));
        acks.remove(2L);
        set.left(2);
        Thread.sleep(100);
        assertEquals(Set.of(1L, 2L), set.needed());
        assertFalse(set.acknowledge(200, ALL, 1));
        agree(1L, 3L);
        assertEquals(Set.of(1L, 3L), set.needed());
    }

    @Test
    void aSlaveWithoutWhatIsAcknowledgedDoesNotComeIn() throws Exception {
        assertTrue(set.acknowledge(200, ALL, 1));
        report(2, 199);
        Thread.sleep(100);
        assertEquals(List.of(), asked);
        assertEquals(Set.of(1L), set.needed());
    }

    @Test
    void aSlaveWithoutWhatTheMasterHadAtItsPromotionDoesNotComeIn() throws Exception {
        report(2, 99);
        Thread.sleep(100);
        assertEquals(List.of(), asked);
    }

    @Test
    void anotherReignAcknowledgesNothing() {
        assertFalse(set.acknowledge(50, ALL, 0));
        set.end();
        assertFalse(set.acknowledge(50, ALL, 1));
    }

    @Test
    void aSlaveThatIsGoneIsAskedForUntilTheControllersAgree() throws Exception {
        acks.putAll(Map.of(2L, 100L, 3L, 100L));
        agree(1L, 2L, 3L);
        acks.remove(2L);
        set.left(2);
        await("asked again", () -> asked.stream().filter(Set.of(1L, 3L)::equals).count() > 1);
        assertEquals(Set.of(1L, 2L, 3L), set.needed());
        agree(1L, 3L);
        assertEquals(Set.of(1L, 3L), set.needed());
    }

    /** The controllers refuse a set with a slave that is not alive. */
    @Test
    void slavesThatAreGoneTogetherAreAskedForTogether() throws Exception {
        acks.putAll(Map.of(2L, 100L, 3L, 100L));
        agree(1L, 2L, 3L);
        acks.clear();
        synchronized (set) {
            set.left(2);
            set.left(3);
        }
        await("asked for both", () -> asked.contains(Set.of(1L)));
        assertFalse(asked.contains(Set.of(1L, 2L)) || asked.contains(Set.of(1L, 3L)), () -> "asked for " + asked);
    }

    private void agree(Long... ids) {
        known = Set.of(ids);
        set.agree(known);
    }

    private void report(long slave, long has) {
        acks.put(slave, has);
        set.reported(slave);
    }
}
