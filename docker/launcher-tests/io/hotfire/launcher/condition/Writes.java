package io.hotfire.launcher.condition;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.rocketmq.broker.BrokerController;

/** What a broker without DLedger says of its writes when it is asked. */
public final class Writes {
    private Writes() {
    }

    /** "yes", or why it takes none. */
    public static Supplier<String> of(BrokerController broker, Path folder) {
        BrokerCondition condition = new BrokerCondition(broker, null, new OutOfMemoryErrors(System::nanoTime), new ProblemFile(folder.resolve("problem")));
        return () -> {
            Map<String, String> info = new HashMap<>();
            condition.buildRuntimeInfo(info);
            return info.get("hotfireWrites");
        };
    }
}
