package io.hotfire.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** A file of a disk, opened. */
final class DiskChannel extends FileChannel {
    private final Disk disk;
    private final String path;
    private long position;

    DiskChannel(Disk disk, String path) {
        this.disk = disk;
        this.path = path;
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) throws IOException {
        if (disk.length(path) == 0) {
            disk.operation("create " + path.substring(path.lastIndexOf('/') + 1));
            disk.needSpace();
        }
        return disk.map(path, (int) size);
    }

    @Override
    public void force(boolean metaData) {
        disk.operation("sync " + path.substring(path.lastIndexOf('/') + 1));
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int written = write(from, position);
        position += written;
        return written;
    }

    /** Room is needed for what is behind the end only. Killed meanwhile, the first half is written. */
    @Override
    public int write(ByteBuffer from, long at) throws IOException {
        byte[] before = disk.read(path);
        int length = from.remaining();
        int end = (int) at + length;
        byte[] after = Arrays.copyOf(before, Math.max(before.length, end));
        disk.operation("write " + path.substring(path.lastIndexOf('/') + 1), () -> {
            from.get(after, (int) at, length / 2);
            disk.write(path, after);
        });
        if (end > before.length) {
            disk.needSpace();
        }
        from.get(after, (int) at, length);
        disk.write(path, after);
        return length;
    }

    @Override
    public long size() {
        return disk.length(path);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public FileChannel truncate(long size) {
        byte[] before = disk.read(path);
        if (before != null && before.length > size) {
            disk.write(path, Arrays.copyOf(before, (int) size));
        }
        return this;
    }

    @Override
    protected void implCloseChannel() {
    }

    @Override
    public int read(ByteBuffer into) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer into, long from) {
        byte[] content = disk.read(path);
        int length = Math.min(into.remaining(), content.length - (int) from);
        if (length <= 0) {
            return -1;
        }
        into.put(content, (int) from, length);
        return length;
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long from, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long from, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long from, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
