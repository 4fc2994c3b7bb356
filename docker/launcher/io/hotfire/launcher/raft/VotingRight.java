package io.hotfire.launcher.raft;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Whether a member of a Raft group may vote, on disk. A member whose folder has nothing in it may have lost its disk, and with it votes, and entries that a majority
 * had only with it: it is a newcomer until it knows better ({@link Newcomer}). The file is the first that is written into an empty folder; a folder
 * that an image before this has written has none, and belongs to a member.
 */
final class VotingRight {
    static final String NAME = "hotfire-voting-right";
    private static final String ID = "id";
    private static final String IS_NEWCOMER = "newcomer";
    private static final String FOUNDED_WITH = "with.";

    private final Path path;
    /** Of this disk; empty for one of before. */
    private final String id;
    private final Map<String, String> foundedWith = new TreeMap<>();
    private boolean isNewcomer;

    private VotingRight(Path path, String id, boolean isNewcomer) {
        this.path = path;
        this.id = id;
        this.isNewcomer = isNewcomer;
    }

    /** @param log where entries are kept. Before anything else is written. */
    static VotingRight open(Path folder, File log) throws IOException {
        Files.createDirectories(folder);
        Path path = folder.resolve(NAME);
        if (Files.isRegularFile(path)) {
            return read(path);
        }
        File[] entries = log.listFiles();
        boolean isEmpty = (entries == null || entries.length == 0) && !Files.isRegularFile(folder.resolve(TermAndVoteFile.NAME)) && !DLedgerTermFile.isIn(folder);
        VotingRight right = new VotingRight(path, isEmpty ? UUID.randomUUID().toString() : "", isEmpty);
        if (isEmpty) {
            right.write();
        }
        return right;
    }

    private static VotingRight read(Path path) throws IOException {
        Properties values = new Properties();
        values.load(new StringReader(Files.readString(path)));
        VotingRight right = new VotingRight(path, values.getProperty(ID, ""), values.getProperty(IS_NEWCOMER, "").equals("true"));
        values.stringPropertyNames().stream().filter(name -> name.startsWith(FOUNDED_WITH))
            .forEach(name -> right.foundedWith.put(name.substring(FOUNDED_WITH.length()), values.getProperty(name)));
        return right;
    }

    String id() {
        return id;
    }

    synchronized boolean isNewcomer() {
        return isNewcomer;
    }

    /** The disk that a member had when this one found the whole group new; null where it did not. */
    synchronized String foundedWith(String member) {
        return foundedWith.get(member);
    }

    /** The group is new: {@code others} are the disks of its other members. Returns once that is on disk. */
    synchronized void founds(Map<String, String> others) throws IOException {
        foundedWith.putAll(others);
        becomesMember();
    }

    /** It has what its group has. Returns once that is on disk. */
    synchronized void becomesMember() throws IOException {
        isNewcomer = false;
        try {
            write();
        } catch (IOException e) {
            isNewcomer = true;
            throw e;
        }
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder(ID + "=" + id + "\n" + IS_NEWCOMER + "=" + isNewcomer + "\n");
        foundedWith.forEach((member, disk) -> text.append(FOUNDED_WITH).append(member).append('=').append(disk).append('\n'));
        Path fresh = path.resolveSibling(NAME + ".new");
        try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel names = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
