package io.hotfire.launcher.services;

import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.transaction.TransactionMetrics;
import org.apache.rocketmq.broker.transaction.TransactionalMessageService;
import org.apache.rocketmq.common.BrokerConfig;

/**
 * Ends the first interval of TransactionMetricsFlushService early. Its run() spins on a full core until the first interval (10 s) is
 * over, and waits properly from then on; a smaller interval alone would make it spin again once the right one is back. So the interval
 * is 0 until the flush, and is right when the service reads it next, to wait.
 */
public final class FirstMetricsFlush extends TransactionMetrics {
    private final transient Runnable restore;
    private final transient TransactionMetrics metrics;

    private FirstMetricsFlush(TransactionMetrics metrics, Runnable restore) {
        super(metrics.configFilePath());
        this.metrics = metrics;
        this.restore = restore;
    }

    public static void now(BrokerController broker) {
        BrokerConfig config = broker.getBrokerConfig();
        TransactionalMessageService service = broker.getTransactionalMessageService();
        TransactionMetrics metrics = service.getTransactionMetrics();
        long interval = config.getTransactionMetricFlushInterval();
        service.setTransactionMetrics(new FirstMetricsFlush(metrics, () -> {
            service.setTransactionMetrics(metrics);
            config.setTransactionMetricFlushInterval(interval);
        }));
        config.setTransactionMetricFlushInterval(0);
    }

    @Override
    public synchronized void persist() {
        restore.run();
        metrics.persist();
    }
}
