package io.hotfire.simulation.disk;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** In place of java.io.FileWriter: opened, the file is empty; written, it has what was written. */
public final class DiskWriter extends Writer {
    private final Disk disk = Disk.here();
    private final File file;
    private final StringBuilder content = new StringBuilder();

    public DiskWriter(File file) {
        this.file = file;
        disk.operation("empty " + file.getName());
        disk.write(file.getPath(), new byte[0]);
    }

    public DiskWriter(String name) {
        this(new File(name));
    }

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
        disk.operation("write " + file.getName());
        disk.needSpace();
        content.append(chars, offset, length);
        disk.write(file.getPath(), content.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
    }
}
