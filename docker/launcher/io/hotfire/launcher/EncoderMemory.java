package io.hotfire.launcher;

import org.apache.rocketmq.store.CommitLog;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.GrowingEncoder;

/** Gives every thread that stores a buffer for its message instead of one for the largest message there may be. */
final class EncoderMemory {
    private EncoderMemory() {
    }

    /** Before the store starts. */
    static void install(DefaultMessageStore store) throws NoSuchFieldException {
        PrivateField.of(CommitLog.class, "putMessageThreadLocal", ThreadLocal.class)
            .set(store.getCommitLog(), GrowingEncoder.ofEachThread(store.getMessageStoreConfig()));
    }
}
