package io.hotfire.launcher.raft;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * DLedger's own record of term and vote, which it writes beside {@link TermAndVoteFile}, and reads when a MemberState is made. IOUtils.string2File writes a
 * new file, removes the old one and renames the new: killed in between there is none, after a power loss it may be empty, and MemberState.loadTerm
 * takes either for term 0 and no vote.
 */
final class DLedgerTermFile {
    private static final String NAME = "currterm";

    private DLedgerTermFile() {
    }

    /** Whether DLedger has written anything of it. */
    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(NAME)) || Files.isRegularFile(folder.resolve(NAME + ".tmp")) || Files.isRegularFile(folder.resolve(NAME + ".bak"));
    }

    /** What it binds its member to: with a torn or missing record, to the greatest term that is left of it, and to no vote in that term. */
    static TermAndVote read(Path folder) throws IOException {
        TermAndVote promise = parse(folder.resolve(NAME));
        if (promise != null && isWhole(folder.resolve(NAME))) {
            // Written and not renamed: killed in between, or the renaming failed unnoticed, and the vote was given.
            TermAndVote next = parse(folder.resolve(NAME + ".tmp"));
            return next == null ? promise : promise.and(next.term() > promise.term() ? TermAndVote.unknown(next.term()) : next);
        }
        long term = 0;
        for (String name : new String[] {NAME, NAME + ".tmp", NAME + ".bak"}) {
            TermAndVote left = parse(folder.resolve(name));
            term = left == null ? term : Math.max(term, left.term());
        }
        return term == 0 ? TermAndVote.NONE : TermAndVote.unknown(term);
    }

    private static boolean isWhole(Path file) throws IOException {
        String text = Files.readString(file);
        return text.endsWith("\n") && text.contains("currTerm=") && text.contains("voteLeader=");
    }

    /** Null where there is no term in it. */
    private static TermAndVote parse(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        Properties values = new Properties();
        values.load(new StringReader(Files.readString(file)));
        String term = values.getProperty("currTerm", "").strip();
        String vote = values.getProperty("voteLeader", "").strip();
        return term.matches("[0-9]{1,18}") ? new TermAndVote(Long.parseLong(term), vote.isEmpty() ? null : vote) : null;
    }
}
