package io.hotfire.launcher.configuration;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints the keys of every process with type and default as JSON; scripts/config-keys.ts makes the table of it that is checked in. */
public final class PrintKeys {
    private PrintKeys() {
    }

    public static void main(String[] args) throws Exception {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String role : List.of("broker", "namesrv", "controller", "proxy")) {
            Map<String, Object> keys = new LinkedHashMap<>();
            for (Map.Entry<String, ConfigurationKeys.Key> entry : ConfigurationKeys.of(role).entrySet()) {
                keys.put(entry.getKey(), describe(entry.getValue()));
            }
            all.put(role, keys);
        }
        System.out.println(JSON.toJSONString(all, JSONWriter.Feature.WriteNulls));
    }

    private static Map<String, Object> describe(ConfigurationKeys.Key key) throws ReflectiveOperationException {
        Map<String, Object> facts = new LinkedHashMap<>();
        boolean isTiered = key.owner().getName().contains("tieredstore");
        facts.put("of", key.owner() == System.class ? "BrokerStartup" : isTiered ? "TieredStoreConfig" : key.owner().getSimpleName());
        facts.put("type", key.type());
        if (!key.values().isEmpty()) {
            facts.put("values", key.values());
        }
        facts.put("default", key.setter() == null ? null : defaultOf(key));
        return facts;
    }

    private static String defaultOf(ConfigurationKeys.Key key) throws ReflectiveOperationException {
        Object fresh = key.owner().getDeclaredConstructor().newInstance();
        String suffix = key.setter().getName().substring(3);
        for (String prefix : new String[] {"get", "is"}) {
            try {
                Object value = key.owner().getMethod(prefix + suffix).invoke(fresh);
                return value == null ? null : String.valueOf(value);
            } catch (NoSuchMethodException e) {
                continue;
            }
        }
        return null;
    }
}
