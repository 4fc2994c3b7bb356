package io.hotfire.simulation.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** What the rewritten classes call instead of java.nio.file.Files; a Path is only a name here. */
public final class PathCalls {
    private PathCalls() {
    }

    public static Path createDirectories(Path folder, FileAttribute<?>[] attributes) {
        return folder;
    }

    public static boolean exists(Path path, LinkOption[] options) {
        return Disk.here().exists(path.toString());
    }

    public static boolean isRegularFile(Path path, LinkOption[] options) {
        return Disk.here().read(path.toString()) != null;
    }

    public static String readString(Path path) throws IOException {
        byte[] content = Disk.here().read(path.toString());
        if (content == null) {
            throw new NoSuchFileException(path.toString());
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    public static Path move(Path from, Path to, CopyOption[] options) throws IOException {
        Disk disk = Disk.here();
        disk.operation("move " + from.getFileName() + " to " + to.getFileName());
        if (!disk.rename(from.toString(), to.toString())) {
            throw new NoSuchFileException(from.toString());
        }
        return to;
    }

    public static FileChannel open(Path path, OpenOption[] options) throws IOException {
        Disk disk = Disk.here();
        Set<OpenOption> how = Set.of(options);
        boolean isThere = disk.read(path.toString()) != null;
        if (how.contains(StandardOpenOption.CREATE) && !isThere || how.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            disk.operation("empty " + path.getFileName());
            disk.write(path.toString(), new byte[0]);
        } else if (!isThere && how.contains(StandardOpenOption.WRITE)) {
            throw new NoSuchFileException(path.toString());
        }
        return new DiskChannel(disk, path.toString());
    }
}
