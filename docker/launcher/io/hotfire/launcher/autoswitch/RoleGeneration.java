package io.hotfire.launcher.autoswitch;

/** The times between two changes of this broker's role, numbered, and in which of them a message began to be stored. */
final class RoleGeneration {
    private static final int NONE = -1;
    private final ThreadLocal<Integer> ofPut = ThreadLocal.withInitial(() -> NONE);
    private volatile int number;

    synchronized void next() {
        number++;
    }

    int number() {
        return number;
    }

    boolean isOver(int generation) {
        return generation != number;
    }

    /** Before RocketMQ asks whether this broker is master; what it stores then it stores on the same thread. */
    void putBegins() {
        ofPut.set(number);
    }

    int ofPut() {
        return ofPut.get();
    }
}
