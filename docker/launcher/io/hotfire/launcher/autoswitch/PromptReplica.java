package io.hotfire.launcher.autoswitch;

import io.hotfire.launcher.internals.PrivateField;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.rocketmq.remoting.protocol.EpochEntry;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.ha.HAConnectionState;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAClient;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAService;
import org.apache.rocketmq.store.ha.autoswitch.EpochFileCache;
import org.apache.rocketmq.store.ha.io.AbstractHAReader;
import org.apache.rocketmq.store.ha.io.HAWriter;
import org.apache.rocketmq.store.ha.io.WatchedReader;
import org.rocksdb.RocksDBException;

/**
 * A slave of controller mode without faults of AutoSwitchHAClient that keep a group from writing after its master has changed.
 *
 * One that has as much as its new master is silent after the handshake, for haSendHeartbeatInterval: it reports what it has when that
 * has grown. The master takes it into the in-sync set by such a report only, and where it needs two copies it accepts no message
 * before, so that nothing grows. Here it reports at once.
 *
 * Told to end, it stays in select() for up to a second, and 5 s in a handshake, when its master is frozen; its own broker's promotion
 * waits for it. Here it is woken. The same for 5 s when it tries to connect to a master whose machine is gone, which refuses nothing: its broker
 * cannot follow the new master before. Here that is given up. And for 5 s when the wakeup that ends it comes just as it begins to wait.
 *
 * When the answer to its handshake comes in two pieces, it sends another one, and what the master answers to that is no longer expected:
 * the connection is given up, or, where the master has heard a report meanwhile and marks the answer as data, misread for good. Here one is
 * sent for each connection.
 *
 * One that has heard of an epoch and has nothing of it yet keeps it when another begins at the same offset, and refuses the other: it labels what it gets
 * with the wrong one, and a later handshake takes different messages for the same ({@link EpochLabels}). Here an epoch without a message is forgotten
 * in each handshake, and entered again when its first message or heartbeat comes.
 *
 * One whose log has no epoch in common with its master's finds no point at which both were the same, and tries for good. A master that died alone with
 * its group's first messages is such a one: its successor's log begins with another epoch. Both logs are labelled from their first byte on, so they
 * have nothing in common, and what has never been confirmed may go ({@link #forgetWhatNobodyHas}).
 */
final class PromptReplica extends AutoSwitchHAClient {
    /** What is reached into. */
    record Inside(
        PrivateField<Selector> selector, PrivateField<AbstractHAReader> reader, PrivateField<HAWriter> writer, PrivateField<Integer> receivedEpoch,
        Method reportSlaveOffset
    ) {
        static Inside find() throws ReflectiveOperationException {
            Method report = AutoSwitchHAClient.class.getDeclaredMethod("reportSlaveOffset", HAConnectionState.class, long.class);
            report.setAccessible(true);
            return new Inside(PrivateField.of(AutoSwitchHAClient.class, "selector", Selector.class),
                PrivateField.of(AutoSwitchHAClient.class, "haReader", AbstractHAReader.class),
                PrivateField.of(AutoSwitchHAClient.class, "haWriter", HAWriter.class),
                PrivateField.of(AutoSwitchHAClient.class, "currentReceivedEpoch", int.class), report);
        }
    }

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** RocketMQ's 5 s are longer than a connection is away that was lost, or a master that restarts. */
    private static final long CONNECT_EVERY_MS = 1_000;

    private final Inside inside;
    private final DefaultMessageStore store;
    private final EpochFileCache epochs;
    private final Object connecting = new Object();
    /** Who waits for a connection; it may be interrupted there and nowhere else, since an interrupt closes the files that are being written. */
    private Thread connector;
    private volatile boolean isEnding;

    PromptReplica(Inside inside, AutoSwitchHAService service, DefaultMessageStore store, EpochFileCache epochs, Long brokerId)
        throws IOException {
        super(service, store, epochs, brokerId);
        this.inside = inside;
        this.store = store;
        this.epochs = epochs;
        watch();
    }

    /** Each time that it is opened it has a new reader and a new writer. */
    private void watch() {
        inside.writer().set(this, new ReplicaWriter(inside.writer().get(this), () -> isEnding));
        inside.reader().set(this, WatchedReader.of(inside.reader().get(this), this::beforeReading));
    }

    @Override
    public void changeCurrentState(HAConnectionState state) {
        super.changeCurrentState(state);
        if (inside == null) {
            return; // called by the constructor
        }
        switch (state) {
            case READY -> watch();
            case HANDSHAKE -> forgetEpochsOfNothing();
            // In the handshake the log has been cut to what the master has.
            case TRANSFER -> {
                forgetEpochsOfNothing();
                report(store.getMaxPhyOffset());
            }
            case SHUTDOWN -> {
                giveUpConnecting();
                inside.selector().get(this).wakeup();
            }
            default -> { }
        }
    }

    @Override
    public void start() {
        synchronized (connecting) {
            isEnding = false;
        }
        super.start();
    }

    @Override
    public boolean connectMaster() throws IOException {
        synchronized (connecting) {
            if (isEnding) {
                return false;
            }
            connector = Thread.currentThread();
        }
        try {
            return super.connectMaster();
        } finally {
            synchronized (connecting) {
                connector = null;
                Thread.interrupted();
            }
        }
    }

    /** Between two tries to connect. ServiceThread loses a wakeup that comes just when a wait begins, and the caller that ends this thread then waits for 5 s. */
    @Override
    protected void waitForRunning(long intervalMs) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(intervalMs, CONNECT_EVERY_MS));
        while (!isEnding && !hasNotified.getAndSet(false) && System.nanoTime() < until) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        onWaitEnd();
    }

    private void giveUpConnecting() {
        synchronized (connecting) {
            isEnding = true;
            if (connector != null) {
                connector.interrupt();
            }
        }
    }

    private void forgetEpochsOfNothing() {
        epochs.truncateSuffixByOffset(store.getMaxPhyOffset());
        // What this connection brings has to be entered again, also when it is the same epoch.
        inside.receivedEpoch().set(this, -1);
    }

    private void beforeReading(ByteBuffer read) {
        if (getCurrentState() == HAConnectionState.HANDSHAKE) {
            List<EpochEntry> masters = MasterEpochs.in(read);
            if (!masters.isEmpty() && masters.get(0).getStartOffset() == 0) {
                forgetWhatNobodyHas(masters);
            }
        }
    }

    /** No epoch in common with a master whose log is labelled from its begin on. */
    private void forgetWhatNobodyHas(List<EpochEntry> masters) {
        List<EpochEntry> own = epochs.getAllEntries();
        boolean isAnyCommon = own.stream().anyMatch(mine -> masters.stream()
            .anyMatch(his -> his.getEpoch() == mine.getEpoch() && his.getStartOffset() == mine.getStartOffset()));
        if (own.isEmpty() || isAnyCommon) {
            return;
        }
        if (own.get(0).getStartOffset() > 0 || store.getCommitLog().getConfirmOffsetDirectly() > 0) {
            System.err.println("hotfire: this broker's log has epochs " + own + ", its master's " + masters + ": they have nothing in common. "
                + "This one has confirmed messages and is left as it is (docs/explanation/failover.md, \"No common point\")");
            return;
        }
        try {
            System.out.println("hotfire: the " + store.getMaxPhyOffset() + " bytes of epochs " + own + " were never confirmed, and the master's log has "
                + masters + ": they are cut off");
            store.truncateDirtyFiles(0);
            epochs.truncateSuffixByOffset(0);
        } catch (RocksDBException e) {
            throw new IllegalStateException("the log could not be cut", e);
        }
    }

    /** A report that cannot be written is not made up for here: the next read finds the connection broken. */
    private void report(long offset) {
        try {
            inside.reportSlaveOffset().invoke(this, HAConnectionState.TRANSFER, offset);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("reportSlaveOffset", e);
        }
    }
}
