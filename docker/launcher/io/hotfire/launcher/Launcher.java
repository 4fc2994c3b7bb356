package io.hotfire.launcher;

import java.nio.file.Path;

/** Starts one RocketMQ process: {@code Launcher namesrv|broker|controller|proxy}. */
public final class Launcher {
    /** sysexits.h EX_CONFIG: a restart will not help. */
    static final int EXIT_CONFIG = 78;

    private Launcher() {
    }

    public static void main(String[] args) {
        try {
            String role = args.length == 1 ? args[0] : "";
            Sources sources = Sources.ofContainer(System.getenv());
            switch (role) {
                case "namesrv" -> Namesrv.start(properties(sources, Namesrv.DEFAULTS));
                case "broker" -> Broker.start(properties(sources, Broker.DEFAULTS));
                case "controller" -> Controller.start(properties(sources, Controller.DEFAULTS));
                case "proxy" -> Proxy.start(sources);
                default -> throw new ConfigurationException("no role '" + role + "'");
            }
        } catch (ConfigurationException e) {
            System.err.println("hotfire: " + e.getMessage());
            System.exit(EXIT_CONFIG);
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static Path properties(Sources sources, java.util.Map<String, String> defaults) {
        return PropertiesConfiguration.merge(sources, defaults).writeTo(sources.effective());
    }
}
