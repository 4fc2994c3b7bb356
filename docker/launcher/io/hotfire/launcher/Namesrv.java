package io.hotfire.launcher;

import io.hotfire.launcher.network.Tls;
import io.hotfire.launcher.runtime.SilencedLogger;
import java.nio.file.Path;
import java.util.Map;
import org.apache.rocketmq.common.constant.LoggerName;
import org.apache.rocketmq.namesrv.NamesrvController;
import org.apache.rocketmq.namesrv.NamesrvStartup;

/** Starts a name server. */
final class Namesrv {
    static final Map<String, String> DEFAULTS = Map.of("kvConfigPath", "/var/lib/rocketmq/kvConfig.json");

    private Namesrv() {
    }

    static void start(Path configuration) throws Exception {
        Tls tls = Tls.prepare(configuration.resolveSibling("tls"));
        NamesrvController namesrv;
        try (SilencedLogger values = new SilencedLogger(LoggerName.NAMESRV_LOGGER_NAME); SilencedLogger missing = new SilencedLogger(LoggerName.ROCKETMQ_REMOTING_NAME)) {
            NamesrvStartup.parseCommandlineAndConfigFile(new String[] {"-c", configuration.toString()});
            namesrv = NamesrvStartup.createNamesrvController();
            NamesrvStartup.start(namesrv);
        }
        NamesrvStartup.controllerManagerMain();
        tls.serve(namesrv.getRemotingServer());
    }
}
