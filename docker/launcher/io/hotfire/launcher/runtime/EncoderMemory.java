package io.hotfire.launcher.runtime;

import io.hotfire.launcher.internals.BrokerInternals;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.GrowingEncoder;

/** Gives every thread that stores a buffer for its message instead of one for the largest message there may be. */
public final class EncoderMemory {
    private EncoderMemory() {
    }

    /** Before the store starts. */
    public static void install(DefaultMessageStore store) {
        BrokerInternals.STORING_THREADS.set(store.getCommitLog(), GrowingEncoder.ofEachThread(store.getMessageStoreConfig()));
    }
}
