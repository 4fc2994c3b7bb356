package io.hotfire.launcher;

import java.nio.file.Path;
import java.util.Map;
import org.apache.rocketmq.common.constant.LoggerName;
import org.apache.rocketmq.namesrv.NamesrvStartup;

final class Namesrv {
    static final Map<String, String> DEFAULTS = Map.of("kvConfigPath", "/var/lib/rocketmq/kvConfig.json");

    private Namesrv() {
    }

    static void start(Path configuration) throws Exception {
        try (Quiet quiet = new Quiet(LoggerName.NAMESRV_LOGGER_NAME)) {
            NamesrvStartup.parseCommandlineAndConfigFile(new String[] {"-c", configuration.toString()});
        }
        NamesrvStartup.createAndStartNamesrvController();
        NamesrvStartup.controllerManagerMain();
    }
}
