package io.hotfire.launcher.autoswitch;

import io.hotfire.launcher.runtime.DaemonThreads;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.controller.ReplicasManager;

/**
 * Heartbeats to the controllers from the moment at which they know a broker. It sends one then, and BrokerController.start schedules the
 * next for a second after all else has started: on a busy machine a new cluster's first master was taken for dead after 1.5 s, and
 * replaced while it took its first message.
 */
public final class EarlyHeartbeats {
    /** Longer than any start; by then RocketMQ's own are sent. */
    private static final long UNTIL_MS = 30_000;

    private EarlyHeartbeats() {
    }

    public static void begin(BrokerController broker) {
        ReplicasManager replicas = broker.getReplicasManager();
        if (replicas == null) {
            return;
        }
        ScheduledExecutorService clock = DaemonThreads.scheduler("HotfireHeartbeats");
        long every = broker.getBrokerConfig().getBrokerHeartbeatInterval();
        clock.scheduleWithFixedDelay(DaemonThreads.guarded("a heartbeat to the controllers", () -> {
            // ReplicasManager.State cannot be named from here.
            switch (String.valueOf((Object) replicas.getState())) {
                case "REGISTER_TO_CONTROLLER_DONE", "RUNNING" -> replicas.sendHeartbeatToController();
                case "SHUTDOWN" -> clock.shutdown();
                default -> { }
            }
        }), every, every, TimeUnit.MILLISECONDS);
        clock.schedule(clock::shutdown, UNTIL_MS, TimeUnit.MILLISECONDS);
    }
}
