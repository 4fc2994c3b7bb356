package io.hotfire.launcher.configuration;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** The merged configuration of a name server, broker or controller: properties as {@link Properties} reads them. */
public record PropertiesConfiguration(Map<String, String> values) {

    public static PropertiesConfiguration merge(ConfigurationSources sources, Map<String, String> defaults) {
        Map<String, String> values = new LinkedHashMap<>(defaults);
        values.putAll(parse("/etc/rocketmq/rocketmq.conf", sources.file()));
        values.putAll(parse("ROCKETMQ_CONF", sources.inline()));
        sources.keys().forEach((key, value) -> {
            values.put(key, value.strip());
            System.out.println("hotfire: " + key + "=" + shown(key, value.strip()) + " from the environment");
        });
        return new PropertiesConfiguration(values);
    }

    public Path writeTo(Path path) {
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) -> text.append(escape(key)).append('=').append(escape(value)).append('\n'));
        return ConfigurationSources.write(path, text.toString());
    }

    private static Map<String, String> parse(String origin, String text) {
        Map<String, String> parsed = new LinkedHashMap<>();
        try {
            new Properties() {
                private static final long serialVersionUID = 1L;

                @Override
                public Object put(Object key, Object value) {
                    // Properties keeps blanks at a line's end, and "ASYNC_MASTER " is no role to RocketMQ.
                    return parsed.put((String) key, ((String) value).strip());
                }
            }.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("cannot read " + origin + ": " + e.getMessage());
        }
        return parsed;
    }

    /** As packages/config/src/keys/secret-keys.ts has it: user and password are JSON of one key. */
    public static String shown(String key, String value) {
        String lower = key.toLowerCase(Locale.ROOT);
        return Stream.of("secret", "password", "credential", "accesskey", "initauthenticationuser").anyMatch(lower::contains) ? "***" : value;
    }

    /** Escaped so that Properties reads it back; RocketMQ loads the file as Latin-1. */
    private static String escape(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c < 127 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
            }
        }
        return out.toString();
    }
}
