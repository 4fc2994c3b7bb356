package io.hotfire.launcher.condition;

import io.hotfire.launcher.configuration.ConfigurationSources;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is wrong with this process, in a file for the container's health check, which is there while it is so: a process without direct memory takes no
 * connection and answers no request, so that the check would time out and nobody would know why.
 */
final class ProblemFile {
    /** In the container's memory, gone with it (docker/probe). */
    static final Path OF_CONTAINER = ConfigurationSources.RUN.resolve("problem");

    private final Path path;
    private String written;

    ProblemFile(Path path) {
        this.path = path;
    }

    /** @param problem null when there is none */
    synchronized void tell(String problem) {
        if (problem == null ? written == null : problem.equals(written)) {
            return;
        }
        try {
            if (problem == null) {
                Files.deleteIfExists(path);
            } else {
                write(problem);
            }
            written = problem;
        } catch (IOException e) {
            System.err.println("hotfire: the health check does not learn what is wrong: " + e);
        }
    }

    /** By a stream: a channel copies what it writes to direct memory first, which is what may be missing. */
    private void write(String problem) throws IOException {
        try (FileOutputStream out = new FileOutputStream(path.toFile())) {
            out.write((problem + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
