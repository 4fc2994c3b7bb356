package io.hotfire.simulation.disk;

import java.io.File;
import java.nio.channels.FileChannel;

/** In place of java.io.RandomAccessFile, as far as it is used: to map a file. */
public final class DiskRandomAccess {
    private final File file;

    public DiskRandomAccess(File file, String mode) {
        this.file = file;
    }

    public FileChannel getChannel() {
        return new DiskChannel(Disk.here(), file.getPath());
    }

    public void close() {
    }
}
