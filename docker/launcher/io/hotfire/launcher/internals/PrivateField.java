package io.hotfire.launcher.internals;

import io.hotfire.launcher.configuration.ConfigurationException;
import java.lang.reflect.Field;

/** A private field of RocketMQ's or DLedger's; {@link PrivateMembers} looks for all of them before anything starts. */
public record PrivateField<T>(Field field, Class<T> type) {
    /** @throws ConfigurationException says what is not there, or of another type */
    public static <T> PrivateField<T> of(Class<?> owner, String name, Class<T> type) {
        String which = owner.getSimpleName() + "." + name;
        Field field;
        try {
            field = owner.getDeclaredField(name);
        } catch (NoSuchFieldException e) {
            throw new ConfigurationException("there is no " + which);
        }
        if (!type.isAssignableFrom(field.getType())) {
            throw new ConfigurationException(which + " is a " + field.getType().getSimpleName() + ", no " + type.getSimpleName());
        }
        field.setAccessible(true);
        return new PrivateField<>(field, type);
    }

    /** Unchecked: {@link #of} has compared the types, and a primitive's class casts nothing. */
    @SuppressWarnings("unchecked")
    public T get(Object target) {
        try {
            return (T) field.get(target);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    public void set(Object target, T value) {
        try {
            field.set(target, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
