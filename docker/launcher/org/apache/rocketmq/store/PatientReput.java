package org.apache.rocketmq.store;

import org.apache.rocketmq.common.ServiceThread;
import org.rocksdb.RocksDBException;

/**
 * ReputMessageService, which indexes what is committed, with a pause of the caller's between two looks instead of a millisecond.
 * In this package because that class is visible here only.
 */
public final class PatientReput extends DefaultMessageStore.ReputMessageService {
    /** Waits until it is worth looking again. */
    public interface Pause {
        void take() throws InterruptedException;
    }

    private final Pause pause;

    private PatientReput(DefaultMessageStore store, Pause pause) {
        store.super();
        this.pause = pause;
    }

    /** What the store is to use before it starts, instead of its service; one that indexes with several threads keeps its own. */
    public static ServiceThread insteadOf(ServiceThread service, DefaultMessageStore store, Pause pause) {
        return service.getClass() == DefaultMessageStore.ReputMessageService.class ? new PatientReput(store, pause) : service;
    }

    /**
     * Cuts the queues to what is before a position of the log, from which on it holds other messages, and has the rest indexed again. Upstream
     * stops its service for that (DefaultMessageStore.truncateDirtyFiles); here it waits for the look that is going on.
     */
    public static void restartFrom(ServiceThread service, DefaultMessageStore store, long position) {
        synchronized (service) {
            try {
                store.truncateDirtyLogicFiles(position);
            } catch (RocksDBException e) {
                throw new IllegalStateException("the queues cannot be cut to position " + position, e);
            }
            DefaultMessageStore.ReputMessageService reput = (DefaultMessageStore.ReputMessageService) service;
            reput.setReputFromOffset(Math.min(reput.getReputFromOffset(), position));
        }
    }

    @Override
    public void run() {
        while (!isStopped()) {
            try {
                pause.take();
                doReput();
            } catch (Throwable e) {
                DefaultMessageStore.LOGGER.warn("{} service has exception.", getServiceName(), e);
            }
        }
    }

    @Override
    public synchronized void doReput() {
        super.doReput();
    }
}
