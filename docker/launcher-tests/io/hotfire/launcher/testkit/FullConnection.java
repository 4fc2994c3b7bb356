package io.hotfire.launcher.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/** A connection that does not block, of which the other end reads nothing, filled up. */
public record FullConnection(SocketChannel writer, SocketChannel reader) implements AutoCloseable {
    public static FullConnection make() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            // A size that is set does not grow by itself.
            server.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel writer = SocketChannel.open(server.getLocalAddress());
            writer.setOption(StandardSocketOptions.SO_SNDBUF, 4096);
            writer.configureBlocking(false);
            SocketChannel reader = server.accept();
            ByteBuffer filler = ByteBuffer.allocate(1 << 16);
            for (int empty = 0; empty < 50; filler.clear()) {
                empty = writer.write(filler) == 0 ? empty + 1 : 0;
                Thread.sleep(10);
            }
            return new FullConnection(writer, reader);
        }
    }

    /** Reads all there is after a moment, and goes on until the writer closes. */
    public CompletableFuture<Void> readLater() {
        return CompletableFuture.runAsync(() -> {
            try {
                Thread.sleep(200);
                ByteBuffer all = ByteBuffer.allocate(1 << 20);
                while (reader.read(all.clear()) > 0) {
                    // until the writer closes
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Override
    public void close() throws Exception {
        writer.close();
        reader.close();
    }
}
