package io.hotfire.launcher.internals;

import io.hotfire.launcher.configuration.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/** Private members that the launcher reaches, looked for together, so that one line names everything that another version lacks. */
final class PrivateMembers {
    private final List<String> missing = new ArrayList<>();

    /** Null where there is none: {@link #check} refuses to start before it can be used. */
    <T> PrivateField<T> field(Class<?> owner, String name, Class<T> type) {
        try {
            return PrivateField.of(owner, name, type);
        } catch (ConfigurationException e) {
            missing.add(e.getMessage());
            return null;
        }
    }

    void method(Class<?> owner, String name, Class<?>... parameters) {
        try {
            owner.getDeclaredMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            missing.add("there is no " + owner.getSimpleName() + "." + name + "()");
        }
    }

    void check() {
        if (!missing.isEmpty()) {
            throw new ConfigurationException("the launcher's mends do not fit this version of RocketMQ: " + String.join("; ", missing));
        }
    }
}
