package io.hotfire.simulation.world;

/** What the rewritten classes make and extend instead of Thread: started, it is a task of the process that started it. */
public class SimulatedThread extends Thread {
    public SimulatedThread() {
    }

    public SimulatedThread(String name) {
        super(name);
    }

    public SimulatedThread(Runnable body) {
        super(body);
    }

    public SimulatedThread(Runnable body, String name) {
        super(body, name);
    }

    @Override
    public void start() {
        World world = World.current();
        Task.start(world, world.here(), getName(), this::run);
    }
}
