package io.hotfire.launcher.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of loopback that are bound later, by what the test starts. The kernel hands out those from 32768 on to every connection, and to every other process that
 * asks for a free one: one that was found free there is taken now and then by the time it is bound. These are below, and of this process alone.
 */
public final class Ports {
    private static final int FIRST = 10_000;
    private static final int LAST = 32_000;
    private static final int BLOCK = 1_000;
    /** A broker's second server listens two below its first (BrokerController.initialize). */
    private static final int STEP = 3;

    /** Holds the block: another process cannot bind its first port. Open as long as the process. */
    private static ServerSocket block;
    private static int next;

    private Ports() {
    }

    /** A port that nothing listens on, and the two below it. */
    public static synchronized int free() throws IOException {
        if (block == null) {
            block = takeBlock();
            next = block.getLocalPort() + STEP;
        }
        for (; next < block.getLocalPort() + BLOCK; next += STEP) {
            if (isFree(next) && isFree(next - 1) && isFree(next - 2)) {
                int port = next;
                next += STEP;
                return port;
            }
        }
        throw new IOException("no port is left of the " + BLOCK + " from " + block.getLocalPort() + " on");
    }

    private static ServerSocket takeBlock() throws IOException {
        int blocks = (LAST - FIRST) / BLOCK;
        int from = ThreadLocalRandom.current().nextInt(blocks);
        for (int tried = 0; tried < blocks; tried++) {
            try {
                return bound(FIRST + (from + tried) % blocks * BLOCK);
            } catch (IOException e) {
                // another process's
            }
        }
        throw new IOException("every block of ports from " + FIRST + " to " + LAST + " is taken");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = bound(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** On every address, as RocketMQ binds. */
    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress((InetAddress) null, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
