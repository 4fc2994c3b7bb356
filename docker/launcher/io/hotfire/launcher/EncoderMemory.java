package io.hotfire.launcher;

import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.GrowingEncoder;

/** Gives every thread that stores a buffer for its message instead of one for the largest message there may be. */
final class EncoderMemory {
    private EncoderMemory() {
    }

    /** Before the store starts. */
    static void install(DefaultMessageStore store) {
        InsideBroker.STORING_THREADS.set(store.getCommitLog(), GrowingEncoder.ofEachThread(store.getMessageStoreConfig()));
    }
}
