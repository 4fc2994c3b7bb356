package io.hotfire.simulation.disk;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileNotFoundException;

/** In place of java.io.FileInputStream. */
public final class DiskReader extends ByteArrayInputStream {
    public DiskReader(File file) throws FileNotFoundException {
        super(contentOf(file));
    }

    public DiskReader(String name) throws FileNotFoundException {
        this(new File(name));
    }

    private static byte[] contentOf(File file) throws FileNotFoundException {
        byte[] content = Disk.here().read(file.getPath());
        if (content == null) {
            throw new FileNotFoundException(file.getPath());
        }
        return content;
    }
}
