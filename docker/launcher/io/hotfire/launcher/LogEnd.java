package io.hotfire.launcher;

import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.store.CommitLog;
import org.apache.rocketmq.store.DispatchRequest;
import org.apache.rocketmq.store.SelectMappedBufferResult;
import org.apache.rocketmq.store.logfile.MappedFile;

/** Where messages end in a commit log. Each says at which offset it is. */
final class LogEnd {
    private static final int HEAD = MessageDecoder.MESSAGE_PHYSIC_OFFSET_POSITION + Long.BYTES;

    private LogEnd() {
    }

    /** The end of the last whole message that ends at {@code limit} or before, reached message by message from one that begins at {@code from}. */
    static long before(CommitLog log, long limit, long from) {
        long end = walk(log, from, limit);
        if (end > from || from >= limit || isUnfinished(log, from, limit)) {
            return end;
        }
        return walk(log, fileBegin(log, from), limit);
    }

    /** The begin of the message that {@code offset} is in. */
    static long begin(CommitLog log, long offset) {
        return says(log, offset, head -> true) ? offset : walk(log, fileBegin(log, offset), offset);
    }

    private static long fileBegin(CommitLog log, long offset) {
        MappedFile file = log.getMappedFileQueue().findMappedFileByOffset(offset);
        return file == null ? offset : file.getFileFromOffset();
    }

    private static long walk(CommitLog log, long from, long limit) {
        long offset = from;
        while (offset < limit) {
            SelectMappedBufferResult piece = log.getData(offset);
            if (piece == null) {
                return offset;
            }
            long next;
            try {
                next = walk(log, piece, offset, limit);
            } finally {
                piece.release();
            }
            if (next == offset) {
                return offset;
            }
            offset = next;
        }
        return offset;
    }

    /** A piece is what one file holds from an offset on. */
    private static long walk(CommitLog log, SelectMappedBufferResult piece, long from, long limit) {
        long offset = from;
        while (offset - from < piece.getSize()) {
            DispatchRequest message = log.checkMessageAndReturnSize(piece.getByteBuffer(), false, false, false);
            if (message.isSuccess() && message.getMsgSize() == 0) {
                long next = log.rollNextFile(offset);
                return next <= limit ? next : offset;
            }
            if (!message.isSuccess() || message.getCommitLogOffset() != offset || offset + message.getMsgSize() > limit) {
                return offset;
            }
            offset += message.getMsgSize();
        }
        return offset;
    }

    /** Whether a message begins here that is longer than what there is. */
    private static boolean isUnfinished(CommitLog log, long offset, long limit) {
        return says(log, offset, head -> head.getInt(0) > limit - offset);
    }

    /** Whether a message begins here, and more of its head. */
    private static boolean says(CommitLog log, long offset, Predicate<ByteBuffer> more) {
        SelectMappedBufferResult piece = log.getData(offset);
        if (piece == null) {
            return false;
        }
        try {
            ByteBuffer head = piece.getByteBuffer();
            return piece.getSize() >= HEAD && head.getLong(MessageDecoder.MESSAGE_PHYSIC_OFFSET_POSITION) == offset && more.test(head);
        } finally {
            piece.release();
        }
    }
}
