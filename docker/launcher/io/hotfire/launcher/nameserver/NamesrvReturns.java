package io.hotfire.launcher.nameserver;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.apache.rocketmq.broker.BrokerController;

/**
 * Registers with a name server as soon as it is back. It forgets every broker when it dies, and RocketMQ's brokers register every 10 s at
 * best, each at its own time: until then it gives routes without this broker, or with a slave and no master, and its clients, who had
 * a good route, stop writing to the group. A connection on which nothing is said tells when it goes, and when it is there again.
 */
public final class NamesrvReturns {
    /** Begin of the threads' names. */
    public static final String THREAD = "HotfireNamesrv-";
    private static final int CONNECT_MS = 1_000;
    private static final int AGAIN_MS = 100;
    /** RocketMQ closes a connection without a word after 120 s (NettyServerConfig.serverChannelMaxIdleTimeSeconds), and logs it as a fault. */
    private static final int RENEW_MS = 60_000;

    private final BrokerController broker;

    private NamesrvReturns(BrokerController broker) {
        this.broker = broker;
    }

    /** To be called when the broker has started; not for one that is to be exactly RocketMQ's. */
    public static void watch(BrokerController broker) {
        NamesrvReturns returns = new NamesrvReturns(broker);
        String addresses = broker.getBrokerConfig().getNamesrvAddr();
        if (addresses == null) {
            return;
        }
        for (String address : addresses.split(";")) {
            int colon = address.lastIndexOf(':');
            if (colon > 0 && address.substring(colon + 1).matches("[0-9]{1,5}")) {
                Thread thread = new Thread(() -> returns.watch(address, colon), THREAD + address);
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private void watch(String address, int colon) {
        boolean isThere = true;
        while (true) {
            if (!isThere) {
                pause();
            }
            try (Socket connection = new Socket()) {
                connection.connect(new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))), CONNECT_MS);
                if (!isThere) {
                    register(address);
                }
                isThere = staysFor(connection);
            } catch (IOException e) {
                isThere = false;
            }
        }
    }

    /** Whether the name server is still there after {@link #RENEW_MS}. */
    private static boolean staysFor(Socket connection) throws IOException {
        connection.setSoTimeout(RENEW_MS);
        InputStream input = connection.getInputStream();
        try {
            while (input.read() >= 0) { }
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private void register(String address) {
        if (broker.isIsolated()) {
            return; // a controller or a group of slaves has not said yet as what it is to register
        }
        try {
            broker.registerBrokerAll(true, false, true);
            System.out.println("hotfire: registered with " + address + ", which is back");
        } catch (RuntimeException e) {
            System.out.println("hotfire: could not register with " + address + ", which is back: " + e.getMessage());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(AGAIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
