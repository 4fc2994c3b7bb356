package io.hotfire.launcher.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses what RocketMQ would ignore in silence: keys that no configuration class has, and values that are not of their key's type.
 * {@code HOTFIRE_UNCHECKED_KEYS=true} lets them pass, and says so.
 */
public final class ConfigurationCheck {
    private static final String VARIABLE = "HOTFIRE_UNCHECKED_KEYS";

    private ConfigurationCheck() {
    }

    public static void check(String role, Map<String, ?> values, Map<String, String> environment) {
        Map<String, ConfigurationKeys.Key> known = ConfigurationKeys.of(role);
        List<String> problems = new ArrayList<>();
        values.forEach((key, value) -> {
            ConfigurationKeys.Key facts = known.get(key);
            // A proxy's file is JSON, and its lists and maps are not for us to judge.
            String text = value instanceof String || value instanceof Number || value instanceof Boolean ? String.valueOf(value) : null;
            if (facts == null) {
                problems.add(unknown(role, key, text, known.keySet()));
            } else if (text != null && !fits(facts, text)) {
                problems.add(key + " is " + quoted(key, text) + ", and has to be " + wanted(facts));
            }
        });
        if (problems.isEmpty()) {
            return;
        }
        if (environment.getOrDefault(VARIABLE, "").strip().equals("true")) {
            problems.forEach(problem -> System.err.println("hotfire: warning: " + problem + "; RocketMQ ignores it (" + VARIABLE + "=true)"));
            return;
        }
        throw new ConfigurationException(String.join("\nhotfire: ", problems)
            + "\nhotfire: RocketMQ would ignore this in silence. To start all the same, set " + VARIABLE + "=true.");
    }

    private static String unknown(String role, String key, String value, Set<String> known) {
        String near = nearest(key, known);
        String with = value == null ? "" : " (value " + quoted(key, value) + ")";
        return "RocketMQ's " + role + " has no key " + key + with + (near == null ? "" : ": did you mean " + near + "?");
    }

    private static String quoted(String key, String value) {
        return "'" + PropertiesConfiguration.shown(key, value) + "'";
    }

    private static String wanted(ConfigurationKeys.Key key) {
        return switch (key.type()) {
            case "boolean" -> "true or false";
            case "enum" -> "one of " + String.join(", ", key.values());
            case "double", "float" -> "a number";
            default -> "a whole number (" + key.type() + ")";
        };
    }

    private static boolean fits(ConfigurationKeys.Key key, String value) {
        try {
            switch (key.type()) {
                case "boolean":
                    return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
                case "enum":
                    return key.values().contains(value);
                case "int":
                    Integer.parseInt(value);
                    return true;
                case "long":
                    Long.parseLong(value);
                    return true;
                case "double", "float":
                    Double.parseDouble(value);
                    return true;
                default:
                    return true;
            }
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The known key with the fewest edits, if they are at most a third of its letters. */
    private static String nearest(String word, Set<String> known) {
        String best = null;
        int least = Math.max(1, word.length() / 3) + 1;
        for (String candidate : known) {
            int edits = word.length() > 64 ? least : edits(word.toLowerCase(), candidate.toLowerCase());
            if (edits < least) {
                best = candidate;
                least = edits;
            }
        }
        return best;
    }

    private static int edits(String a, String b) {
        int[] last = new int[b.length() + 1];
        for (int column = 0; column <= b.length(); column++) {
            last[column] = column;
        }
        for (int row = 1; row <= a.length(); row++) {
            int[] current = new int[b.length() + 1];
            current[0] = row;
            for (int column = 1; column <= b.length(); column++) {
                int replaced = last[column - 1] + (a.charAt(row - 1) == b.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(last[column], current[column - 1]) + 1);
            }
            last = current;
        }
        return last[b.length()];
    }
}
