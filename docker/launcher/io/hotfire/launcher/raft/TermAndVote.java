package io.hotfire.launcher.raft;

/**
 * What a member of a Raft group may not take back: that it has seen a term, and for whom it has voted in it.
 *
 * @param vote null for nobody yet, {@link #UNKNOWN} where nobody may be voted for any more
 */
record TermAndVote(long term, String vote) {
    /** The vote of a member that may have voted and does not know for whom. No member has this name. */
    static final String UNKNOWN = "?";

    static final TermAndVote NONE = new TermAndVote(0, null);

    static TermAndVote unknown(long term) {
        return new TermAndVote(term, UNKNOWN);
    }

    /** What binds whoever has given both promises. In a term there is one vote: it is the one that is known. */
    TermAndVote and(TermAndVote other) {
        if (term != other.term) {
            return term > other.term ? this : other;
        }
        if (vote == null || vote.equals(other.vote) || vote.equals(UNKNOWN) && other.vote != null) {
            return other;
        }
        return other.vote == null || other.vote.equals(UNKNOWN) ? this : unknown(term);
    }
}
