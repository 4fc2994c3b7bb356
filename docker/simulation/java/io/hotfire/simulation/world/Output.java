package io.hotfire.simulation.world;

import java.io.PrintStream;

/** What the rewritten classes print becomes a line of the story. */
public final class Output {
    private Output() {
    }

    public static void println(PrintStream stream, String line) {
        World world = World.current();
        world.story().tell(world.here() + " says: " + line);
    }

    public static PrintStream printf(PrintStream stream, String format, Object... arguments) {
        println(stream, String.format(format, arguments).strip());
        return stream;
    }
}
