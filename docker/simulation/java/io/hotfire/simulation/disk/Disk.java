package io.hotfire.simulation.disk;

import io.hotfire.simulation.world.Killed;
import io.hotfire.simulation.world.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files that outlive a process: written ones as bytes, mapped ones as memory. Nothing is lost with a process, as on a machine that stays up. */
public final class Disk {
    /** Of a mapped file: every 10 ms, and nothing depends on it while the machine stays up. */
    static final String FLUSH = "flush";

    private final Node node;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, MappedByteBuffer> mapped = new TreeMap<>();
    private boolean isFull;
    private long slowMs;
    private long killIn;

    public Disk(Node node) {
        this.node = node;
    }

    static Disk here() {
        return io.hotfire.simulation.world.World.current().here().disk();
    }

    public void setFull(boolean full) {
        isFull = full;
    }

    /** Each operation takes so long, and the process stands still meanwhile: DLedger writes its term under its lock. */
    public void setSlow(long millis) {
        slowMs = millis;
    }

    /** The operation with this number from now on, of those that change a file's name or content, kills the process before it is done; 0: none does. */
    public void killIn(long operations) {
        killIn = operations;
    }

    void operation(String what) {
        operation(what, () -> { });
    }

    /** Called before each operation; {@code half} is what is done of it when the process is killed meanwhile. */
    void operation(String what, Runnable half) {
        node.world().endIfDead();
        if (killIn > 0 && !what.startsWith(FLUSH) && --killIn == 0) {
            half.run();
            node.kill("is killed before it can " + what);
            throw new Killed();
        }
        if (slowMs > 0) {
            node.freeze(slowMs);
        }
    }

    void needSpace() throws IOException {
        if (isFull) {
            node.world().story().tell(node + " has no space left on its disk");
            throw new IOException("No space left on device");
        }
    }

    byte[] read(String path) {
        return files.get(path);
    }

    void write(String path, byte[] content) {
        files.put(path, content);
    }

    boolean exists(String path) {
        return files.containsKey(path) || mapped.containsKey(path) || !list(path).isEmpty();
    }

    long length(String path) {
        MappedByteBuffer map = mapped.get(path);
        byte[] content = files.get(path);
        return map != null ? map.capacity() : content == null ? 0 : content.length;
    }

    boolean delete(String path) {
        return files.remove(path) != null | mapped.remove(path) != null;
    }

    boolean rename(String from, String to) {
        byte[] content = files.remove(from);
        if (content == null) {
            return false;
        }
        files.put(to, content);
        return true;
    }

    /** The files right inside of a folder. */
    List<String> list(String folder) {
        String prefix = folder.endsWith("/") ? folder : folder + "/";
        return java.util.stream.Stream.concat(files.keySet().stream(), mapped.keySet().stream())
            .filter(path -> path.startsWith(prefix)).map(path -> prefix + path.substring(prefix.length()).split("/", 2)[0]).distinct().toList();
    }

    /** Memory that is direct, since only such a buffer is a MappedByteBuffer. */
    MappedByteBuffer map(String path, int size) {
        return mapped.computeIfAbsent(path, any -> (MappedByteBuffer) ByteBuffer.allocateDirect(size));
    }
}
