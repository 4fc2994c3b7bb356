package io.hotfire.simulation.world;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JDK's immutable maps have an order of their own in each JVM; a run must not. */
public final class Orders {
    private Orders() {
    }

    public static <K, V> Map<K, V> copyOf(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
