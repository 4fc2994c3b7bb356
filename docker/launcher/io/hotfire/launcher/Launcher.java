package io.hotfire.launcher;

import io.hotfire.launcher.configuration.ConfigurationCheck;
import io.hotfire.launcher.configuration.ConfigurationException;
import io.hotfire.launcher.configuration.ConfigurationSources;
import io.hotfire.launcher.configuration.PropertiesConfiguration;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Starts one RocketMQ process: {@code Launcher namesrv|broker|controller|proxy}. */
public final class Launcher {
    /** sysexits.h EX_CONFIG: a restart will not help. */
    static final int EXIT_CONFIG = 78;

    private Launcher() {
    }

    public static void main(String[] args) {
        forgetAddresses();
        try {
            String role = args.length == 1 ? args[0] : "";
            ConfigurationSources sources = ConfigurationSources.ofContainer(System.getenv());
            switch (role) {
                case "namesrv" -> Namesrv.start(properties("namesrv", sources, Namesrv.DEFAULTS));
                case "broker" -> Broker.start(properties("broker", sources, Broker.DEFAULTS));
                case "controller" -> Controller.start(properties("controller", sources, Controller.DEFAULTS));
                case "proxy" -> Proxy.start(sources);
                default -> throw new ConfigurationException("no role '" + role + "'");
            }
            started(role);
        } catch (ConfigurationException e) {
            System.err.println("hotfire: " + e.getMessage());
            System.exit(EXIT_CONFIG);
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    /**
     * Docker gives a node that is started again another address, and its old one to somebody else. Java remembers addresses for 30 s: a
     * broker that lost all controllers connected to the wrong one under the leader's name, and stayed so, since a connection is
     * kept for as long as it stands.
     */
    private static void forgetAddresses() {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    private static void started(String role) {
        ProcessHandle.Info process = ProcessHandle.current().info();
        double cpu = process.totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
        double wall = process.startInstant().map(start -> Duration.between(start, Instant.now()).toMillis()).orElse(0L) / 1000.0;
        System.out.printf("hotfire: %s started in %.2f s, %.2f s of CPU%n", role, wall, cpu);
    }

    private static Path properties(String role, ConfigurationSources sources, Map<String, String> defaults) {
        PropertiesConfiguration merged = PropertiesConfiguration.merge(sources, defaults);
        ConfigurationCheck.check(role, merged.values(), System.getenv());
        return merged.writeTo(sources.effective());
    }
}
