package io.hotfire.launcher.configuration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a process's configuration comes from, weakest first: a mounted file, the text of ROCKETMQ_CONF, one variable per key.
 *
 * @param file      text of the mounted file, empty if there is none
 * @param inline    text of ROCKETMQ_CONF
 * @param keys      value by RocketMQ key, from ROCKETMQ_KEY variables
 * @param effective where the merged configuration is written
 */
public record ConfigurationSources(String file, String inline, Map<String, String> keys, Path effective) {
    private static final Path MOUNTED = Path.of("/etc/rocketmq/rocketmq.conf");
    /** In the container's memory, and gone with it. */
    public static final Path RUN = Path.of("/run/rocketmq");
    private static final Path EFFECTIVE = RUN.resolve("rocketmq.conf");
    private static final String PREFIX = "ROCKETMQ_";

    public static ConfigurationSources ofContainer(Map<String, String> environment) {
        Map<String, String> keys = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (isKey(name)) {
                keys.put(name.substring(PREFIX.length()), value);
            }
        });
        return new ConfigurationSources(read(MOUNTED), environment.getOrDefault("ROCKETMQ_CONF", ""), keys, EFFECTIVE);
    }

    /** RocketMQ's keys begin with a small letter; ROCKETMQ_HOME, ROCKETMQ_CONF and their kind are not keys. */
    private static boolean isKey(String name) {
        return name.length() > PREFIX.length() && name.startsWith(PREFIX) && Character.isLowerCase(name.charAt(PREFIX.length()));
    }

    private static String read(Path path) {
        try {
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new ConfigurationException("cannot read " + path + ": " + e);
        }
    }

    public static Path write(Path path, String text) {
        try {
            return Files.writeString(path, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigurationException("cannot write " + path + " (is " + path.getParent() + " a tmpfs of uid 3000?): " + e);
        }
    }
}
