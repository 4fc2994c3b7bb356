package org.apache.rocketmq.store;

import java.lang.reflect.Field;

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

    /** Before the store starts; one that indexes with several threads keeps its own service. */
    public static void install(DefaultMessageStore store, Pause pause) throws ReflectiveOperationException {
        Field service = DefaultMessageStore.class.getDeclaredField("reputMessageService");
        service.setAccessible(true);
        if (service.get(store).getClass() == DefaultMessageStore.ReputMessageService.class) {
            service.set(store, new PatientReput(store, pause));
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
}
