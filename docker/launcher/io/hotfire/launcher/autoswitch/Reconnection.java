package io.hotfire.launcher.autoswitch;

import io.hotfire.launcher.runtime.DaemonThreads;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.store.ha.HAConnectionState;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAClient;

/**
 * A slave's first tries to reach its new master. RocketMQ's client tries a connection that was refused or closed again only after 5 s; the new
 * master may just be becoming it.
 */
final class Reconnection {
    /** For 5 s, like RocketMQ's own pause between two; closer together for the first second. */
    private static final int TRIES = 40;
    private static final int CLOSE_TRIES = 20;
    private static final int CLOSE_MS = 50;
    private static final int APART_MS = 200;

    private final ScheduledExecutorService clock = DaemonThreads.scheduler("HotfireReplication");

    void begin(AutoSwitchHAClient client) {
        tryAgain(client, 0);
    }

    private void tryAgain(AutoSwitchHAClient client, int tries) {
        if (client.getCurrentState() == HAConnectionState.READY) {
            client.wakeup();
        }
        if (tries < TRIES) {
            int pause = tries < CLOSE_TRIES ? CLOSE_MS : APART_MS;
            clock.schedule(() -> tryAgain(client, tries + 1), pause, TimeUnit.MILLISECONDS);
        }
    }
}
