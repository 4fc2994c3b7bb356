package io.hotfire.simulation.rewrite;

import io.hotfire.simulation.plan.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Loads the simulated classes once more, rewritten: their time, threads, files and sockets are the world's. Each loader has a world of its
 * own, so several run side by side, and one may have a mutant in it.
 */
public final class SimulationLoader extends ClassLoader {
    /** Loaded here: what is simulated, what simulates it, and what they exchange objects with. */
    private static final List<String> OWN = List.of("io.openmessaging.storage.dledger.", "org.apache.rocketmq.", "com.alibaba.fastjson", "io.hotfire.");
    /** Shared with those who start runs. */
    private static final List<String> SHARED = List.of("io.hotfire.simulation.plan.", "io.hotfire.simulation.rewrite.");
    private static final List<String> AS_THEY_ARE = List.of("org.apache.rocketmq.logging.");
    private static final List<String> REWRITTEN = List.of("io.openmessaging.storage.dledger.", "org.apache.rocketmq.", "io.hotfire.launcher.");

    private final Mutant mutant;

    static {
        registerAsParallelCapable();
    }

    public SimulationLoader(Mutant mutant) {
        super("simulation", SimulationLoader.class.getClassLoader());
        this.mutant = mutant;
    }

    /** A simulator among the rewritten classes. Used by one thread: fastjson makes classes by its context loader. */
    public Simulator simulator() {
        Thread.currentThread().setContextClassLoader(this);
        try {
            return (Simulator) loadClass("io.hotfire.simulation.dledger.Subjects").getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!startsWithOne(OWN, name) || startsWithOne(SHARED, name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            byte[] rewritten = startsWithOne(REWRITTEN, name) && !startsWithOne(AS_THEY_ARE, name) ? Rewriting.rewrite(bytes, mutant) : bytes;
            return defineClass(name, rewritten, 0, rewritten.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static boolean startsWithOne(List<String> prefixes, String name) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
