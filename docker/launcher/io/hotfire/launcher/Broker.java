package io.hotfire.launcher;

import java.nio.file.Path;
import java.util.Map;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.BrokerStartup;
import org.apache.rocketmq.broker.ConfigContext;
import org.apache.rocketmq.common.constant.LoggerName;

final class Broker {
    static final Map<String, String> DEFAULTS = Map.of("storePathRootDir", "/var/lib/rocketmq");

    private Broker() {
    }

    static void start(Path configuration) throws Exception {
        Tls tls = Tls.prepare(configuration.resolveSibling("tls"));
        ConfigContext context = BrokerStartup.parseCmdLine(new String[] {"-c", configuration.toString()});
        BrokerController broker;
        try (Quiet values = new Quiet(LoggerName.BROKER_LOGGER_NAME)) {
            broker = BrokerStartup.buildBrokerController(context);
        }
        try (Quiet missing = new Quiet(LoggerName.ROCKETMQ_REMOTING_NAME)) {
            if (!broker.initialize()) {
                broker.shutdown();
                throw new IllegalStateException("the broker did not initialize, see the log above");
            }
        }
        Runtime.getRuntime().addShutdownHook(new Thread(BrokerStartup.buildShutdownHook(broker), "ShutdownHook"));

        FirstFlush.now(broker);
        BrokerStartup.start(broker);
        tls.serve(broker.getRemotingServer(), broker.getFastRemotingServer());
    }
}
