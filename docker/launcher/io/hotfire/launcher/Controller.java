package io.hotfire.launcher;

import java.nio.file.Path;
import java.util.Map;
import org.apache.rocketmq.common.constant.LoggerName;
import org.apache.rocketmq.controller.ControllerManager;
import org.apache.rocketmq.controller.ControllerStartup;

final class Controller {
    static final Map<String, String> DEFAULTS = Map.of("controllerStorePath", "/var/lib/rocketmq/controller");

    private Controller() {
    }

    static void start(Path configuration) throws Exception {
        Reviewed.checkController(System.getenv());
        Tls tls = Tls.prepare(configuration.resolveSibling("tls"));
        ControllerManager controller;
        try (Quiet values = new Quiet(LoggerName.NAMESRV_LOGGER_NAME)) {
            controller = ControllerStartup.createControllerManager(new String[] {"-c", configuration.toString()});
        }
        try (Quiet missing = new Quiet(LoggerName.ROCKETMQ_REMOTING_NAME)) {
            start(controller);
        }
        tls.serve(controller.getController().getRemotingServer());
    }

    /**
     * As ControllerStartup.start does it. What is to be in place before the controller starts goes between its two steps: until initialize
     * there is no controller at all.
     */
    private static void start(ControllerManager manager) throws Exception {
        if (!manager.initialize()) {
            manager.shutdown();
            throw new IllegalStateException("the controller did not initialize: the last WARN or ERROR says why");
        }
        if (manager.getController() == null) {
            throw new IllegalStateException("ControllerManager.initialize made no controller");
        }
        ControllerLog.mend(manager);
        ControllerMemory.install(manager);
        Runtime.getRuntime().addShutdownHook(new Thread(manager::shutdown, "ShutdownHook"));
        manager.start();
    }
}
