package io.hotfire.launcher.autoswitch;

import io.hotfire.launcher.runtime.DaemonThreads;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.rocketmq.common.MixAll;

/**
 * Which slaves a master waits for: all that the controllers may count as in sync.
 *
 * Only a broker of the set that the controllers have may be promoted, so a message that is acknowledged has to be on every broker of every
 * set that they have or may come to have without another message of this master. AutoSwitchHAService waits for its set and for the last one that it
 * asked for: of two slaves that came in at once it forgot the first, whom the controllers had taken, and promoted later without acknowledged messages.
 * Here a master waits for the set that the controllers last told it of, and for every slave that a request of its own may still bring in. Such a
 * request ends by its answer; one without an answer ends when the set has another epoch, since the controllers accept a change only of
 * the epoch that it names. It blocks writes rather than to guess: a slave that dies with such a request open is waited for until then.
 *
 * A slave comes in when it has everything that has been acknowledged, and all that this broker had when it was promoted. To look at that, to begin
 * to wait for it and to acknowledge are one step each under one lock, so no message is acknowledged between a slave's being measured and being
 * waited for. A slave goes out only by the controllers' consent; a master that they have replaced they refuse.
 *
 * One request is open at a time, made of the newest set when it is sent: an answer cannot be taken for another's.
 */
final class InSyncSet {
    private static final long AGAIN_MS = 200;
    private static final long AFTER_REFUSAL_MS = 50;

    private final ScheduledExecutorService clock = DaemonThreads.scheduler("HotfireInSyncSet");
    private final SyncStateSetRequests requests;
    private final Supplier<Map<Long, Long>> acks;
    private final LongSupplier confirmed;
    private final LongSupplier least;
    /** What the controllers last said, this broker included. */
    private Set<Long> agreed = Set.of();
    /** Slaves that are to come in, asked for or about to be. */
    private final Set<Long> joining = new HashSet<>();
    /** Slaves of requests that were not answered. */
    private final Set<Long> doubtful = new HashSet<>();
    /** Slaves that are to go out: their connection has gone, or they have been behind for too long. */
    private final Set<Long> gone = new HashSet<>();
    private final Set<Long> behind = new HashSet<>();
    private long self;
    private int generation;
    private boolean isMaster;
    private long acknowledged;
    private boolean isAsking;
    private boolean wasRefused;
    /** Whether the set has had the same epoch since the open request was made. */
    private boolean isSameEpoch;

    /**
     * @param acks      what each connected slave has, by its id; -1 if it has not said
     * @param confirmed what consumers may see
     * @param least     copies that an acknowledged message has at least, this broker's included
     */
    InSyncSet(SyncStateSetRequests requests, Supplier<Map<Long, Long>> acks, LongSupplier confirmed, LongSupplier least) {
        this.requests = requests;
        this.acks = acks;
        this.confirmed = confirmed;
        this.least = least;
    }

    /** Master from now on, with a log that ends at {@code end}: everything that was acknowledged before is below that. */
    synchronized void begin(int generation, long self, long end) {
        this.generation = generation;
        this.self = self;
        acknowledged = end;
        isMaster = true;
        wasRefused = false;
    }

    synchronized void end() {
        isMaster = false;
        joining.clear();
        doubtful.clear();
        gone.clear();
        behind.clear();
    }

    /** A set of a newer epoch: what was asked of an older one and not answered will be refused. */
    synchronized void agree(Set<Long> set) {
        agreed = Set.copyOf(set);
        joining.removeAll(set);
        doubtful.clear();
        isSameEpoch = false;
        gone.retainAll(needed());
        behind.retainAll(set);
    }

    synchronized Set<Long> needed() {
        Set<Long> needed = new HashSet<>(agreed);
        needed.addAll(joining);
        needed.addAll(doubtful);
        return needed;
    }

    /** Whether everything before {@code offset} may be acknowledged now; then slaves without it come in no more. */
    synchronized boolean acknowledge(long offset, int copies, int generation) {
        if (!isMaster || generation != this.generation) {
            return false;
        }
        Map<Long, Long> has = acks.get();
        long have = 1 + has.entrySet().stream().filter(slave -> slave.getKey() != self && slave.getValue() >= offset).count();
        boolean isEnough = copies == MixAll.ALL_ACK_IN_SYNC_STATE_SET
            ? have >= least.getAsLong() && needed().stream().allMatch(slave -> slave == self || has.getOrDefault(slave, -1L) >= offset)
            : have >= copies;
        if (isEnough) {
            acknowledged = Math.max(acknowledged, offset);
        }
        return isEnough;
    }

    /** A slave has said what it has. */
    void reported(long slave) {
        // Not under the lock: RocketMQ computes it under one that is also held where this set is asked.
        long visible = confirmed.getAsLong();
        synchronized (this) {
            if (isMaster && !agreed.contains(slave) && acks.get().getOrDefault(slave, -1L) >= Math.max(acknowledged, visible)
                && joining.add(slave)) {
                ask(wasRefused ? AFTER_REFUSAL_MS : 0);
            }
        }
    }

    /** A connection has gone. */
    synchronized void left(long slave) {
        if (isMaster && needed().contains(slave) && slave != self && !acks.get().containsKey(slave) && gone.add(slave)) {
            ask(0);
        }
    }

    /** Slaves that have been behind for too long, at a look at all of them. */
    synchronized void areBehind(Set<Long> slaves) {
        behind.clear();
        behind.addAll(slaves);
        behind.remove(self);
        if (isMaster && !behind.isEmpty()) {
            ask(0);
        }
    }

    private void ask(long delayMs) {
        if (!isAsking) {
            isAsking = true;
            clock.schedule(this::askNow, delayMs, TimeUnit.MILLISECONDS);
        }
    }

    private void askNow() {
        SyncStateSetRequests.Outcome outcome = SyncStateSetRequests.Outcome.REFUSED;
        Set<Long> wanted = Set.of();
        try {
            isOfThisEpoch();
            SyncStateSetRequests.Basis basis = requests.basis();
            wanted = wanted(basis.set());
            outcome = wanted.equals(basis.set()) ? SyncStateSetRequests.Outcome.TAKEN : requests.send(wanted, basis);
        } catch (RuntimeException e) {
            // Sent or not is not known.
            outcome = SyncStateSetRequests.Outcome.UNKNOWN;
            System.err.println("hotfire: the in-sync set was not changed: " + e);
        } finally {
            answered(wanted, outcome);
        }
    }

    private synchronized void isOfThisEpoch() {
        isSameEpoch = true;
    }

    private synchronized Set<Long> wanted(Set<Long> from) {
        gone.removeAll(acks.get().keySet());
        behind.removeAll(joining);
        joining.removeAll(gone);
        Set<Long> wanted = new HashSet<>(from);
        wanted.addAll(joining);
        wanted.removeAll(gone);
        wanted.removeAll(behind);
        return isMaster ? wanted : from;
    }

    private synchronized void answered(Set<Long> wanted, SyncStateSetRequests.Outcome outcome) {
        isAsking = false;
        wasRefused = outcome == SyncStateSetRequests.Outcome.REFUSED;
        Set<Long> asked = new HashSet<>(joining);
        asked.retainAll(wanted);
        joining.removeAll(asked);
        if (!isMaster) {
            return;
        }
        if (outcome == SyncStateSetRequests.Outcome.UNKNOWN && isSameEpoch) {
            doubtful.addAll(asked);
        }
        gone.retainAll(needed());
        if (!joining.isEmpty()) {
            ask(wasRefused ? AFTER_REFUSAL_MS : 0);
        } else if (!gone.isEmpty() || !behind.isEmpty()) {
            ask(AGAIN_MS);
        }
    }
}
