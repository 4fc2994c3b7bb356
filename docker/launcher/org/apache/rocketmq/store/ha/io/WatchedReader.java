package org.apache.rocketmq.store.ha.io;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A reader of RocketMQ's whose bytes are shown to somebody else before it takes them. In this package for a protected method. */
public final class WatchedReader extends AbstractHAReader {
    private final AbstractHAReader reader;
    private final Consumer<ByteBuffer> before;

    private WatchedReader(AbstractHAReader reader, Consumer<ByteBuffer> before) {
        this.reader = reader;
        this.before = before;
        readHookList.addAll(reader.readHookList);
    }

    public static AbstractHAReader of(AbstractHAReader reader, Consumer<ByteBuffer> before) {
        return reader instanceof WatchedReader ? reader : new WatchedReader(reader, before);
    }

    @Override
    protected boolean processReadResult(ByteBuffer read) {
        before.accept(read);
        return reader.processReadResult(read);
    }
}
