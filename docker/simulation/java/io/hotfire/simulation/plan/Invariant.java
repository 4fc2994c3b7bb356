package io.hotfire.simulation.plan;

/** What has to hold in every schedule. */
public enum Invariant {
    ONE_LEADER("no two leaders in one term"),
    ONE_VOTE("a member votes for one candidate in a term, whatever happens to it in between"),
    LEADER_HAS_ACKNOWLEDGED("a leader's log has every acknowledged entry, at its index"),
    COMMITTED_STAYS("an entry that counted as committed is never another one"),
    VISIBLE_IS_COMMITTED("consumers see an entry only when a majority has it"),
    FOREIGN_CHANGES_NOTHING("a request of another group, or for another member, changes nothing"),
    ELECTOR_RUNS("the elector's thread asks for no random time below zero"),
    LEADER_SOON("a leader acknowledges soon after all faults are healed"),
    CATCHES_UP("every member has the leader's log soon after all faults are healed"),
    MASTER_IN_SET("a group's master is in its in-sync set"),
    APPLIED_ONCE("controllers that have applied the same events name the same epochs");

    private final String meaning;

    Invariant(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
