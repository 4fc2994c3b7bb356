package io.hotfire.launcher.internals;

import io.hotfire.launcher.configuration.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Refuses classes that nobody has read. What the launcher does to RocketMQ and DLedger is argued from what their methods do (docs/explanation/failover.md), so each class
 * that the argument rests on is known by the SHA-256 of its class file: {@code META-INF/reviewed-classes.txt}, made by scripts/reviewed-classes.sh.
 * {@code HOTFIRE_UNREVIEWED_CLASSES=true} lets others pass, and says so. Private members that are missing are refused in any case.
 */
public final class ReviewedClasses {
    private static final String LIST = "META-INF/reviewed-classes.txt";
    private static final String VARIABLE = "HOTFIRE_UNREVIEWED_CLASSES";

    private ReviewedClasses() {
    }

    /** @throws ConfigurationException names what is missing, or what is another class */
    public static void checkBroker(boolean isDLedger, boolean isControllerMode, Map<String, String> environment) {
        BrokerInternals.check();
        if (isDLedger) {
            DLedgerInternals.check();
            check("dledger", environment);
        }
        if (isControllerMode) {
            ControllerModeInternals.checkBroker();
            check("controller-mode", environment);
        }
    }

    /** @throws ConfigurationException names what is missing, or what is another class */
    public static void checkController(Map<String, String> environment) {
        ControllerModeInternals.checkController();
        check("controller", environment);
    }

    private static void check(String part, Map<String, String> environment) {
        check(list().stream().filter(entry -> entry.part.equals(part)).toList(), environment);
    }

    static void check(List<Entry> reviewed, Map<String, String> environment) {
        List<String> others = reviewed.stream().filter(entry -> !entry.sha256.equals(sha256(entry.name))).map(Entry::name).toList();
        if (others.isEmpty()) {
            return;
        }
        String what = "not the reviewed classes of RocketMQ " + version() + ": " + String.join(", ", others);
        if (!environment.getOrDefault(VARIABLE, "").strip().equals("true")) {
            throw new ConfigurationException(what + ". What keeps acknowledged messages safe rests on how these work (docs/explanation/failover.md). To start all"
                + " the same, set " + VARIABLE + "=true.");
        }
        System.err.println("hotfire: WARNING: " + what + " (" + VARIABLE + "=true): nothing that is said about acknowledged messages holds");
    }

    /** @param part which brokers run it */
    record Entry(String sha256, String part, String name) {
    }

    static List<Entry> list() {
        return lines().stream().filter(line -> !line.startsWith("#")).map(line -> line.split(" "))
            .map(words -> new Entry(words[0], words[1], words[2])).toList();
    }

    private static String version() {
        return lines().get(0).replaceFirst("^# RocketMQ ", "");
    }

    private static List<String> lines() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(resource(LIST), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String path) {
        return ReviewedClasses.class.getClassLoader().getResourceAsStream(path);
    }

    /** "none" where there is no such class. */
    static String sha256(String className) {
        try (InputStream bytes = resource(className.replace('.', '/') + ".class")) {
            return bytes == null ? "none" : HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
