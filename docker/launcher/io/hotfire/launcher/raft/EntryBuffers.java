package io.hotfire.launcher.raft;

import io.openmessaging.storage.dledger.entry.DLedgerEntry;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * The buffer that each thread writes an entry of DLedger's log into before it is appended, as large as the entry. DLedgerMmapFileStore's is 4 MiB, on
 * the heap, for each thread that ever appended: a message at RocketMQ's limit (maxMessageSize, 4 MiB, its body alone) does not fit and fails
 * with BufferOverflowException, answered as an unknown error; and where maxMessageSize is larger, so does all between 4 MiB and that.
 */
final class EntryBuffers extends ThreadLocal<ByteBuffer> {
    /** What a thread keeps. Messages are a few KiB most of the time; one that is larger costs an allocation of its size. */
    static final int KEPT_BYTES = 64 * 1024;

    @Override
    protected ByteBuffer initialValue() {
        return ByteBuffer.allocate(KEPT_BYTES);
    }

    /** Does what writes that entry, with a buffer that takes it. */
    <T> T withRoomFor(DLedgerEntry entry, Supplier<T> write) {
        int bytes = entry.computeSizeInBytes();
        if (bytes <= KEPT_BYTES) {
            return write.get();
        }
        set(ByteBuffer.allocate(bytes));
        try {
            return write.get();
        } finally {
            remove();
        }
    }
}
