package io.hotfire.launcher.network;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.rocketmq.remoting.RemotingServer;
import org.apache.rocketmq.remoting.common.TlsMode;
import org.apache.rocketmq.remoting.netty.NettyRemotingServer;
import org.apache.rocketmq.remoting.netty.TlsSystemConfig;

/**
 * RocketMQ's default TLS mode: every port also speaks TLS, with a self-signed certificate. The certificate is ours, and servers that may
 * start without one get it once the process is up (TlsHelper.buildSslContext fails on the missing file, which is not fatal to them).
 */
public final class Tls {
    private final SelfSigned pending;

    private Tls(SelfSigned pending) {
        this.pending = pending;
    }

    /** Must run before the first server is made. */
    public static Tls prepare(Path directory) throws Exception {
        SelfSigned own = SelfSigned.in(directory);
        if (!replaceTestMode(own)) {
            return new Tls(null);
        }
        if (TlsSystemConfig.tlsMode == TlsMode.ENFORCING || TlsSystemConfig.tlsEnable) {
            own.generate();
            return new Tls(null);
        }
        Files.deleteIfExists(own.certificate());
        return new Tls(own);
    }

    /** For a server that does not start without a certificate. */
    public static SelfSigned prepareNow(Path directory) throws Exception {
        SelfSigned own = SelfSigned.in(directory);
        own.generate();
        replaceTestMode(own);
        return own;
    }

    /** Says whether TLS is on and left to RocketMQ's test mode, and puts our certificate in its place if so. */
    private static boolean replaceTestMode(SelfSigned own) {
        if (TlsSystemConfig.tlsMode == TlsMode.DISABLED || !TlsSystemConfig.tlsTestModeEnable
            || Files.exists(Path.of(TlsSystemConfig.tlsConfigFile))) {
            return false;
        }
        TlsSystemConfig.tlsTestModeEnable = false;
        TlsSystemConfig.tlsServerCertPath = own.certificate().toString();
        TlsSystemConfig.tlsServerKeyPath = own.key().toString();
        return true;
    }

    /** Must run after the servers have started. */
    public void serve(RemotingServer... servers) {
        if (pending == null) {
            return;
        }
        Thread thread = new Thread(() -> {
            try {
                pending.generate();
                for (RemotingServer server : servers) {
                    if (server instanceof NettyRemotingServer netty) {
                        netty.loadSslContext();
                    }
                }
            } catch (Exception e) {
                System.err.println("hotfire: no TLS, the self-signed certificate could not be made: " + e);
            }
        }, "hotfire-tls");
        thread.setDaemon(true);
        thread.start();
    }
}
