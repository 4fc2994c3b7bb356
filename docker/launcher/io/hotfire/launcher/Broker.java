package io.hotfire.launcher;

import java.nio.file.Path;
import java.util.Map;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.BrokerStartup;
import org.apache.rocketmq.broker.ConfigContext;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.constant.LoggerName;

final class Broker {
    static final Map<String, String> DEFAULTS = Map.of("storePathRootDir", "/var/lib/rocketmq");

    private Broker() {
    }

    static void start(Path configuration) throws Exception {
        ConfigContext context = BrokerStartup.parseCmdLine(new String[] {"-c", configuration.toString()});
        BrokerController controller;
        try (Quiet broker = new Quiet(LoggerName.BROKER_LOGGER_NAME)) {
            controller = BrokerStartup.buildBrokerController(context);
        }
        if (!controller.initialize()) {
            controller.shutdown();
            throw new IllegalStateException("the broker did not initialize, see the log above");
        }
        Runtime.getRuntime().addShutdownHook(new Thread(BrokerStartup.buildShutdownHook(controller), "ShutdownHook"));

        // TransactionMetricsFlushService.run spins on a full core until its first interval (10 s) is over, then waits properly.
        BrokerConfig config = controller.getBrokerConfig();
        long interval = config.getTransactionMetricFlushInterval();
        config.setTransactionMetricFlushInterval(0);
        BrokerStartup.start(controller);
        Thread.sleep(10);
        config.setTransactionMetricFlushInterval(interval);
    }
}
