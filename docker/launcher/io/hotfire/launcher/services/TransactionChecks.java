package io.hotfire.launcher.services;

import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.transaction.TransactionalMessageCheckService;

/**
 * Asks producers about their unfinished transactions, every transactionCheckInterval, while its broker writes, and ends without holding anything up.
 *
 * RocketMQ's ends in ServiceThread.shutdown, which joins the thread for up to 90 s, and to be woken for its end is for it as good as the interval's: it
 * begins one more check, of a broker that is a slave by then. Each run has a thread and an end of its own here: a role change waits for none, and the next
 * one begins once the thread before it is gone, so that two never check at once.
 */
final class TransactionChecks extends TransactionalMessageCheckService {
    /** A check ends with the message that it is at; a disk that stalls is not waited for. */
    private static final long ENDED_WITHIN_MS = 5_000;

    private final BrokerController broker;
    private Run current;
    /** The last one that was begun, which may still be at its end. */
    private Thread last;

    TransactionChecks(BrokerController broker) {
        super(broker);
        this.broker = broker;
    }

    @Override
    public synchronized void start() {
        if (current == null) {
            current = new Run(last);
            last = new Thread(current, getServiceName());
            last.start();
        }
    }

    /** BrokerController ends it with {@code true} for a role, and with {@code false} where the process ends: then its store must not go before it. */
    @Override
    public void shutdown(boolean isForRole) {
        Thread ending = end();
        if (!isForRole && ending != null) {
            try {
                ending.join(ENDED_WITHIN_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized Thread end() {
        if (current != null) {
            current.isEnded = true;
            current = null;
            // It sleeps, or waits for a store's answer: with an interrupt RocketMQ's put answers UNKNOWN_ERROR, which the check takes for a refusal.
            last.interrupt();
        }
        return last;
    }

    private final class Run implements Runnable {
        private final Thread before;
        private volatile boolean isEnded;

        Run(Thread before) {
            this.before = before;
        }

        @Override
        public void run() {
            try {
                if (before != null) {
                    before.join();
                }
                while (!isEnded) {
                    Thread.sleep(broker.getBrokerConfig().getTransactionCheckInterval());
                    onWaitEnd();
                }
            } catch (InterruptedException e) {
                // The end.
            }
        }
    }
}
