package io.hotfire.launcher;

import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.transaction.TransactionMetricsFlushService;

/**
 * Saves the counters of transactions every transactionMetricFlushInterval. RocketMQ's looks at the clock without a pause until the first interval is over:
 * 3 s of a core at each start of a broker, just when it elects and registers.
 */
final class MetricsFlush extends TransactionMetricsFlushService {
    private final BrokerController broker;

    MetricsFlush(BrokerController broker) {
        super(broker);
        this.broker = broker;
    }

    @Override
    public void run() {
        Runnable save = Clocks.guarded("saving the counters of transactions", () -> broker.getTransactionalMessageService().getTransactionMetrics().persist());
        while (!isStopped()) {
            waitForRunning(broker.getBrokerConfig().getTransactionMetricFlushInterval());
            save.run();
        }
    }
}
