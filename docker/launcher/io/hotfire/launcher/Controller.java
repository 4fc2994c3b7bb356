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
        ControllerMemory.install(controller);
        AppliedOnce.install(controller);
        try (Quiet missing = new Quiet(LoggerName.ROCKETMQ_REMOTING_NAME)) {
            ControllerStartup.start(controller);
        }
        tls.serve(controller.getController().getRemotingServer());
    }
}
