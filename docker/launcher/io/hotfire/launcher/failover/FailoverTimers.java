package io.hotfire.launcher.failover;

import io.hotfire.launcher.configuration.ConfigurationException;
import java.util.HashMap;
import java.util.Map;

/**
 * How soon the leader of a DLedger group, of brokers or of controllers, counts as lost: what HOTFIRE_FAILOVER says, {@code heartbeatMs=100 silenceMs=500}.
 *
 * @param heartbeatMs between two heartbeats of a leader
 * @param silenceMs   the least silence after which a follower asks the others whether they miss the leader too
 */
public record FailoverTimers(int heartbeatMs, int silenceMs) {
    private static final String VARIABLE = "HOTFIRE_FAILOVER";

    /** Whether a broker is to stay exactly RocketMQ's in all that concerns failover. */
    public static boolean isStock(Map<String, String> environment) {
        return environment.getOrDefault(VARIABLE, "").strip().equals("stock");
    }

    /** The timers of a profile, or null where its timers stay RocketMQ's. */
    public static FailoverTimers of(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "").strip();
        if (text.isEmpty() || isStock(environment)) {
            return null;
        }
        Map<String, Integer> values = new HashMap<>();
        for (String word : text.split("\\s+")) {
            String[] pair = word.split("=", 2);
            if (pair.length < 2 || !pair[1].matches("[0-9]{1,6}")) {
                throw wrong(text);
            }
            values.put(pair[0], Integer.parseInt(pair[1]));
        }
        if (!values.keySet().equals(Map.of("heartbeatMs", 0, "silenceMs", 0).keySet())) {
            throw wrong(text);
        }
        FailoverTimers timers = new FailoverTimers(values.get("heartbeatMs"), values.get("silenceMs"));
        if (timers.heartbeatMs < 20 || timers.silenceMs < 3 * timers.heartbeatMs) {
            throw wrong(text);
        }
        return timers;
    }

    private static ConfigurationException wrong(String text) {
        return new ConfigurationException(VARIABLE + " is '" + text + "', and not like 'heartbeatMs=100 silenceMs=500': whole milliseconds, "
            + "a heartbeat of 20 or more, a silence of at least three heartbeats");
    }
}
