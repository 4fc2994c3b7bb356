package io.hotfire.simulation.world;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/** Virtual time and everything that is to happen in it, in an order that a seed decides. One thread, one world at a time. */
public final class World {
    /** Of the rewritten classes' thread: what they call has no way to be told. */
    private static World current;

    private final Random random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<Object, List<Task>> waiting = new IdentityHashMap<>();
    private final Story story;
    private final Preemption preemption;
    private long now = 1_000_000_000L;
    private long sequence;
    private long steps;
    private long trace = 17;
    private Event running;
    private Throwable failure;

    public World(long seed, boolean isPreemptive, boolean withStory) {
        random = new Random(seed);
        story = new Story(this, withStory);
        preemption = new Preemption(this, isPreemptive);
        current = this;
    }

    public static World current() {
        return current;
    }

    /** Something that is to happen: at a node that lives the same life then as now, or outside of all nodes. */
    record Event(long at, int tie, long sequence, Node node, int life, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            int byTie = byTime != 0 ? byTime : Integer.compare(tie, other.tie);
            return byTie != 0 ? byTie : Long.compare(sequence, other.sequence);
        }

        boolean isVoid() {
            return node != null && node.life() != life;
        }
    }

    public Random random() {
        return random;
    }

    public Story story() {
        return story;
    }

    /** Who waits for what. */
    Map<Object, List<Task>> waiting() {
        return waiting;
    }

    void wake(Object on) {
        List<Task> tasks = waiting.get(on);
        if (tasks != null) {
            List.copyOf(tasks).forEach(Task::wake);
        }
    }

    Preemption preemption() {
        return preemption;
    }

    public long now() {
        return now;
    }

    /** Since the begin. */
    public long elapsedMs() {
        return now / 1_000_000 - 1000;
    }

    public long steps() {
        return steps;
    }

    public long trace() {
        return trace;
    }

    /** The node whose code runs, or null. */
    public Node here() {
        return running == null ? null : running.node;
    }

    /** Whether the code that runs belongs to a process that has been killed meanwhile: nothing that it does counts. */
    public boolean isDead() {
        return running != null && running.isVoid();
    }

    /**
     * Ends the thread of a process that has been killed: DLedger's loops catch everything and go on. It is left to the garbage collector; one
     * that holds a monitor is first made to leave it.
     */
    public void endIfDead() {
        if (isDead()) {
            Task.leaveForGood();
            throw new Killed();
        }
    }

    public void at(long nanos, Node node, Runnable action) {
        if (isDead() && node == here()) {
            return;
        }
        events.add(new Event(nanos, random.nextInt(), sequence++, node, node == null ? 0 : node.life(), action));
    }

    public void after(double millis, Node node, Runnable action) {
        at(now + (long) (millis * 1e6), node, action);
    }

    public void runUntil(long nanos) {
        if (failure != null) {
            throw new IllegalStateException("a member does not start", failure);
        }
        while (!events.isEmpty() && events.peek().at <= nanos) {
            Event event = events.poll();
            now = Math.max(now, event.at);
            if (event.isVoid()) {
                continue;
            }
            if (event.node != null && event.node.frozenUntil() > now) {
                events.add(new Event(event.node.frozenUntil() + random.nextInt(200_000), event.tie, event.sequence, event.node, event.life, event.action));
                continue;
            }
            steps++;
            trace = trace * 31 + event.at + (event.node == null ? 7 : event.node.id());
            run(event);
        }
        now = Math.max(now, nanos);
    }

    private void run(Event event) {
        Event before = running;
        running = event;
        try {
            event.action.run();
        } catch (Killed e) {
            // The process is gone, and with it what it was doing.
        } catch (Throwable e) {
            story.tell("an action failed: " + e);
        } finally {
            running = before;
        }
    }

    /** The simulation itself is wrong: the run ends. */
    public void fail(Throwable why) {
        failure = why;
    }

    /** Runs something as if a thread of the node did. */
    public void as(Node node, Runnable action) {
        run(new Event(now, 0, 0, node, node.life(), action));
    }
}
