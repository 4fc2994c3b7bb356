package io.hotfire.launcher.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What came from a variable is printed at the start, for every reader of the log. */
class PropertiesConfigurationTest {
    @ParameterizedTest
    @ValueSource(strings = {"initAuthenticationUser", "innerClientAuthenticationCredentials", "objectStoreAccessKey", "objectStoreSecretKey",
        "tlsKeyPassword"})
    void noSecretIsPrinted(String key) {
        assertEquals("***", PropertiesConfiguration.shown(key, "{\"username\":\"a\",\"password\":\"b\"}"));
    }

    @Test
    void otherValuesAre() {
        assertEquals("72", PropertiesConfiguration.shown("fileReservedTime", "72"));
    }
}
