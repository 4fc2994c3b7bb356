package io.hotfire.launcher.autoswitch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.config.StorePathConfigHelper;

/**
 * Whether a store has all that was written to it before its broker stopped: it stopped in order, or the kernel that took the writes is still the one that
 * runs (a killed process leaves them in the page cache; a machine without power does not). A loss is remembered until an epoch has begun behind it.
 */
final class LastShutdown {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String LOST = "lost";

    private final Path note;
    private final String boot;
    private boolean isLogWhole;

    /** Before the store starts, which marks it as running. */
    LastShutdown(MessageStoreConfig store) throws IOException {
        note = Path.of(store.getStorePathRootDir(), "boot-id");
        boot = Files.isReadable(BOOT) ? Files.readString(BOOT).strip() : "";
        String before = Files.exists(note) ? Files.readString(note) : "";
        boolean wasInOrder = Files.notExists(Path.of(StorePathConfigHelper.getAbortFile(store.getStorePathRootDir())));
        isLogWhole = !before.equals(LOST) && (wasInOrder || !boot.isEmpty() && before.equals(boot));
        Files.createDirectories(note.getParent());
        Files.writeString(note, isLogWhole ? boot : LOST);
    }

    boolean isLogWhole() {
        return isLogWhole;
    }

    /** Whatever is written from now on is in an epoch that began at the end of what is there. Not noted on a full disk, the next start doubts without need. */
    void isSettled() {
        isLogWhole = true;
        try {
            Files.writeString(note, boot);
        } catch (IOException e) {
            System.err.println("hotfire: " + note + ": " + e);
        }
    }
}
