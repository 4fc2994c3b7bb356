package io.hotfire.launcher.configuration;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys that a process takes: setters of one parameter, which is how MixAll.properties2Object finds them. */
final class ConfigurationKeys {
    private static final String NETTY_SERVER = "org.apache.rocketmq.remoting.netty.NettyServerConfig";
    private static final String NETTY_CLIENT = "org.apache.rocketmq.remoting.netty.NettyClientConfig";
    private static final String CONTROLLER = "org.apache.rocketmq.common.ControllerConfig";
    private static final String JRAFT = "org.apache.rocketmq.common.JraftConfig";
    private static final String AUTH = "org.apache.rocketmq.auth.config.AuthConfig";

    /** In the order in which a process fills them; where two have a key, both take it. */
    static final Map<String, List<String>> CLASSES = Map.of(
        "namesrv", List.of("org.apache.rocketmq.common.namesrv.NamesrvConfig", NETTY_SERVER, NETTY_CLIENT, CONTROLLER, JRAFT),
        "broker", List.of("org.apache.rocketmq.common.BrokerConfig", NETTY_SERVER, NETTY_CLIENT,
            "org.apache.rocketmq.store.config.MessageStoreConfig", AUTH, "org.apache.rocketmq.tieredstore.MessageStoreConfig"),
        "controller", List.of(CONTROLLER, JRAFT, NETTY_SERVER, NETTY_CLIENT),
        "proxy", List.of("org.apache.rocketmq.proxy.config.ProxyConfig", AUTH));

    /** BrokerStartup.properties2SystemEnv reads these itself. */
    private static final List<String> BROKER_SYSTEM_KEYS = List.of("rmqAddressServerDomain", "rmqAddressServerSubGroup");

    /**
     * @param owner  the configuration class
     * @param type   what a value has to be: int, long, boolean, double, float, String or enum
     * @param values the constants of an enum
     * @param setter calls with the value as text, where there is such a setter
     */
    record Key(Class<?> owner, String type, List<String> values, Method setter) {
    }

    private ConfigurationKeys() {
    }

    /** Classes that this image's jars lack, such as a name server's without the broker, have no keys. */
    static Map<String, Key> of(String role) {
        Map<String, Key> keys = new TreeMap<>();
        for (String name : CLASSES.get(role)) {
            load(name).ifPresent(owner -> {
                for (Method method : owner.getMethods()) {
                    addTo(keys, owner, method);
                }
            });
        }
        if (role.equals("broker")) {
            BROKER_SYSTEM_KEYS.forEach(key -> keys.putIfAbsent(key, new Key(System.class, "String", List.of(), null)));
        }
        return keys;
    }

    private static Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static void addTo(Map<String, Key> keys, Class<?> owner, Method method) {
        String name = method.getName();
        boolean isSetter = name.length() > 3 && name.startsWith("set") && method.getParameterCount() == 1 && !Modifier.isStatic(method.getModifiers());
        if (!isSetter) {
            return;
        }
        Class<?> parameter = method.getParameterTypes()[0];
        String type = typeOf(parameter);
        if (type == null) {
            return;
        }
        String key = Character.toLowerCase(name.charAt(3)) + name.substring(4);
        Key before = keys.get(key);
        // Beside the setter of an enum there is one that takes its name; the enum says more.
        if (before == null || before.owner() == owner && type.equals("enum")) {
            keys.put(key, new Key(owner, type, constantsOf(parameter), method));
        }
    }

    private static String typeOf(Class<?> parameter) {
        if (parameter.isEnum()) {
            return "enum";
        }
        return switch (parameter.getSimpleName()) {
            case "int", "Integer" -> "int";
            case "long", "Long" -> "long";
            case "boolean", "Boolean" -> "boolean";
            case "double", "Double" -> "double";
            case "float", "Float" -> "float";
            case "String" -> "String";
            default -> null;
        };
    }

    private static List<String> constantsOf(Class<?> type) {
        return type.isEnum() ? Arrays.stream(type.getEnumConstants()).map(constant -> ((Enum<?>) constant).name()).toList() : List.of();
    }
}
