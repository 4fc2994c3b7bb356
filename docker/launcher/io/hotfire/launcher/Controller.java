package io.hotfire.launcher;

import io.hotfire.launcher.controller.ControllerLog;
import io.hotfire.launcher.controller.ReplicasInfoProcessor;
import io.hotfire.launcher.failover.FailoverTimers;
import io.hotfire.launcher.internals.ReviewedClasses;
import io.hotfire.launcher.network.Tls;
import io.hotfire.launcher.runtime.SilencedLogger;
import java.nio.file.Path;
import java.util.Map;
import org.apache.rocketmq.common.constant.LoggerName;
import org.apache.rocketmq.controller.ControllerManager;
import org.apache.rocketmq.controller.ControllerStartup;

/** Starts a controller, with what the launcher replaces in its DLedger group and behind it. */
final class Controller {
    static final Map<String, String> DEFAULTS = Map.of("controllerStorePath", "/var/lib/rocketmq/controller");

    private Controller() {
    }

    static void start(Path configuration) throws Exception {
        FailoverTimers failover = FailoverTimers.of(System.getenv());
        ReviewedClasses.checkController(System.getenv());
        Tls tls = Tls.prepare(configuration.resolveSibling("tls"));
        ControllerManager controller;
        try (SilencedLogger values = new SilencedLogger(LoggerName.NAMESRV_LOGGER_NAME)) {
            controller = ControllerStartup.createControllerManager(new String[] {"-c", configuration.toString()});
        }
        try (SilencedLogger missing = new SilencedLogger(LoggerName.ROCKETMQ_REMOTING_NAME)) {
            start(controller, failover);
        }
        tls.serve(controller.getController().getRemotingServer());
    }

    /** As ControllerStartup.start does it. */
    private static void start(ControllerManager manager, FailoverTimers failover) throws Exception {
        prepare(manager, failover);
        Runtime.getRuntime().addShutdownHook(new Thread(manager::shutdown, "ShutdownHook"));
        manager.start();
    }

    /** Until it is initialized there is no controller at all, and before it starts all has to be in place. {@code failover} is null for RocketMQ's own timers. */
    static void prepare(ControllerManager manager, FailoverTimers failover) {
        if (!manager.initialize()) {
            manager.shutdown();
            throw new IllegalStateException("the controller did not initialize: the last WARN or ERROR says why");
        }
        if (manager.getController() == null) {
            throw new IllegalStateException("ControllerManager.initialize made no controller");
        }
        ControllerLog mended = ControllerLog.mend(manager);
        if (mended != null) {
            mended.hasten(failover);
        }
        ReplicasInfoProcessor.install(manager);
    }
}
