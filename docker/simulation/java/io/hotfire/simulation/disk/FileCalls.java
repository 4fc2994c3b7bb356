package io.hotfire.simulation.disk;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;

/** What the rewritten classes call instead of java.io.File; a File is only a name here. */
public final class FileCalls {
    private static final long SPACE = 1L << 40;

    private FileCalls() {
    }

    public static boolean exists(File file) {
        return Disk.here().exists(file.getPath());
    }

    public static long length(File file) {
        return Disk.here().length(file.getPath());
    }

    public static boolean delete(File file) {
        Disk disk = Disk.here();
        disk.operation("delete " + file.getName());
        return disk.delete(file.getPath());
    }

    public static boolean renameTo(File file, File other) {
        Disk disk = Disk.here();
        disk.operation("rename " + file.getName() + " to " + other.getName());
        return disk.rename(file.getPath(), other.getPath());
    }

    public static boolean mkdirs(File file) {
        return true;
    }

    public static File[] listFiles(File folder) {
        return Disk.here().list(folder.getPath()).stream().map(File::new).toArray(File[]::new);
    }

    public static boolean isDirectory(File file) {
        return !Disk.here().list(file.getPath()).isEmpty();
    }

    public static long lastModified(File file) {
        return 0;
    }

    public static long space(File file) {
        return SPACE;
    }

    /** MappedByteBuffer.force: the memory is the disk. */
    public static MappedByteBuffer force(MappedByteBuffer buffer) {
        Disk.here().operation(Disk.FLUSH);
        return buffer;
    }

    /** DefaultMmapFile.clean: the memory belongs to the disk, not to the process. */
    public static void clean(ByteBuffer buffer) {
    }
}
