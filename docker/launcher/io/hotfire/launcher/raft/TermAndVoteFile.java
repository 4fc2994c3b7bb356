package io.hotfire.launcher.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * A {@link TermAndVote} on disk, so that it outlives a kill at any instant, a power loss and a full disk. Two slots are written in turns, each with a
 * number and a checksum, and synced: a slot that was torn leaves the one before. The blocks are there from the start, so that writing needs neither
 * room nor the file system's journal: 3 to 6 ms on a busy disk on which a new file, its name and its folder take 17 to 26, and an election waits for it.
 */
final class TermAndVoteFile {
    static final String NAME = "hotfire-term";
    /** A block of file systems and disks: one that is torn takes no other slot with it. */
    private static final int SLOT = 4096;
    private static final int MAGIC = 0x48465431;

    private final Path path;
    private FileChannel channel;
    private long writes;
    private TermAndVote last;

    private TermAndVoteFile(Path path) throws IOException {
        this.path = path;
        reopen();
    }

    private void reopen() throws IOException {
        channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Makes the file, with NONE in it, where there is none. */
    static TermAndVoteFile open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path path = folder.resolve(NAME);
        if (!Files.exists(path)) {
            Path fresh = folder.resolve(NAME + ".new");
            try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                writeFully(file, ByteBuffer.allocate(2 * SLOT), 0);
                file.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
        TermAndVoteFile file = new TermAndVoteFile(path);
        file.read();
        return file;
    }

    synchronized TermAndVote last() {
        return last;
    }

    /** Returns once it is on disk. An older promise than the last one is kept by that one. */
    synchronized void store(TermAndVote promise) throws IOException {
        if (promise.equals(last) || promise.term() < last.term()) {
            return;
        }
        if (!channel.isOpen()) {
            // Who writes was interrupted, which closes it.
            reopen();
        }
        byte[] vote = promise.vote() == null ? new byte[0] : promise.vote().getBytes(StandardCharsets.UTF_8);
        ByteBuffer slot = ByteBuffer.allocate(SLOT);
        slot.putInt(MAGIC).putLong(writes + 1).putLong(promise.term()).putInt(promise.vote() == null ? -1 : vote.length).put(vote);
        slot.putLong(checksum(slot.array(), slot.position()));
        slot.position(0);
        writeFully(channel, slot, (writes + 1) % 2 * SLOT);
        channel.force(false);
        writes++;
        last = promise;
    }

    private void read() throws IOException {
        last = TermAndVote.NONE;
        for (long at : new long[] {0, SLOT}) {
            ByteBuffer slot = ByteBuffer.allocate(SLOT);
            while (slot.hasRemaining() && channel.read(slot, at + slot.position()) > 0) { }
            slot.flip();
            take(slot);
        }
    }

    private void take(ByteBuffer slot) {
        if (slot.limit() < SLOT || slot.getInt() != MAGIC) {
            return;
        }
        long number = slot.getLong();
        long term = slot.getLong();
        int length = slot.getInt();
        if (length < -1 || length > SLOT - slot.position() - Long.BYTES) {
            return;
        }
        byte[] vote = new byte[Math.max(0, length)];
        slot.get(vote);
        if (checksum(slot.array(), slot.position()) == slot.getLong() && number > writes) {
            writes = number;
            last = new TermAndVote(term, length < 0 ? null : new String(vote, StandardCharsets.UTF_8));
        }
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }

    private static void writeFully(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }
}
