package io.hotfire.launcher.services;

import io.hotfire.launcher.internals.BrokerInternals;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.transaction.queue.TransactionalMessageServiceImpl;

/**
 * The services that only a broker that writes has: checks of transactions, delayed messages, POP's revival. A role change begins and ends them
 * (BrokerController.changeSpecialServiceStatus), in DLedger, in controller mode and for an acting master alike, on the one thread that makes role changes;
 * none of them holds it up, nor goes on when the store refuses (docs/explanation/failover.md). POP's revival is {@link PopRevival}.
 */
public final class WriterServices {
    private WriterServices() {
    }

    /** Between the broker's initialization and its start. */
    public static void install(BrokerController broker) {
        BrokerInternals.CHECK_SERVICE.set(broker, new TransactionChecks(broker));
        // A service that a plugin has put there (ServiceProvider) is left to it.
        if (broker.getTransactionalMessageService() instanceof TransactionalMessageServiceImpl service) {
            BrokerInternals.HALF_MESSAGES.set(service, new HalfMessages(broker, broker.getMessageStore()));
        }
        DelayLevels levels = new DelayLevels(broker);
        broker.getScheduleMessageService().shutdown();
        BrokerInternals.SCHEDULE_SERVICE.set(broker, levels);
        levels.load();
        TimerDelivery.install(broker);
    }
}
