package io.hotfire.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

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
        disk.operation("write " + path.substring(path.lastIndexOf('/') + 1));
        disk.needSpace();
        byte[] before = disk.read(path);
        int written = from.remaining();
        byte[] after = java.util.Arrays.copyOf(before == null ? new byte[0] : before, (int) position + written);
        from.get(after, (int) position, written);
        position += written;
        disk.write(path, after);
        return written;
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
            disk.write(path, java.util.Arrays.copyOf(before, (int) size));
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
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer from, long at) {
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
