package io.hotfire.launcher;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Threads that do things in time, and keep no process alive. */
final class Clocks {
    private Clocks() {
    }

    static ScheduledExecutorService start(String name) {
        return Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
