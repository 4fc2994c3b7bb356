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
        ControllerManager controller;
        try (Quiet quiet = new Quiet(LoggerName.NAMESRV_LOGGER_NAME)) {
            controller = ControllerStartup.createControllerManager(new String[] {"-c", configuration.toString()});
        }
        ControllerStartup.start(controller);
        System.out.println("The controller boot success.");
    }
}
