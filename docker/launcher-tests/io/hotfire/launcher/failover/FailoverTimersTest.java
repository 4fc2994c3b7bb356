package io.hotfire.launcher.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.configuration.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HOTFIRE_FAILOVER may say. */
class FailoverTimersTest {
    @Test
    void readsAHeartbeatAndASilence() {
        assertEquals(new FailoverTimers(100, 500), FailoverTimers.of(said(" silenceMs=500  heartbeatMs=100 ")));
    }

    @Test
    void leavesStockAndSilenceToRocketmq() {
        assertNull(FailoverTimers.of(Map.of()));
        assertNull(FailoverTimers.of(said("stock")));
        assertTrue(FailoverTimers.isStock(said("stock")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "heartbeatMs=100", "heartbeatMs=19 silenceMs=500", "heartbeatMs=100 silenceMs=299", "heartbeatMs=0.1s silenceMs=1",
        "heartbeatMs=100 silenceMs=500 votes=3"})
    void refusesWhatCannotWork(String text) {
        assertThrows(ConfigurationException.class, () -> FailoverTimers.of(said(text)));
    }

    private static Map<String, String> said(String text) {
        return Map.of("HOTFIRE_FAILOVER", text);
    }
}
