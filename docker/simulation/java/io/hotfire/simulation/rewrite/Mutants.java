package io.hotfire.simulation.rewrite;

import static io.hotfire.simulation.plan.FaultKind.CUT_OFF;
import static io.hotfire.simulation.plan.FaultKind.EMPTY_DISK;
import static io.hotfire.simulation.plan.FaultKind.FOREIGN;
import static io.hotfire.simulation.plan.FaultKind.FREEZE;
import static io.hotfire.simulation.plan.FaultKind.IMPATIENCE;
import static io.hotfire.simulation.plan.FaultKind.KILL;
import static io.hotfire.simulation.plan.FaultKind.LOSS;
import static io.hotfire.simulation.plan.FaultKind.PARTITION;
import static io.hotfire.simulation.plan.FaultKind.SWING;
import static io.hotfire.simulation.plan.FaultKind.VOTER_KILL;
import static io.hotfire.simulation.plan.Invariant.APPLIED_ONCE;
import static io.hotfire.simulation.plan.Invariant.CATCHES_UP;
import static io.hotfire.simulation.plan.Invariant.COMMITTED_STAYS;
import static io.hotfire.simulation.plan.Invariant.ELECTOR_RUNS;
import static io.hotfire.simulation.plan.Invariant.FOREIGN_CHANGES_NOTHING;
import static io.hotfire.simulation.plan.Invariant.LEADER_HAS_ACKNOWLEDGED;
import static io.hotfire.simulation.plan.Invariant.LEADER_SOON;
import static io.hotfire.simulation.plan.Invariant.MASTER_IN_SET;
import static io.hotfire.simulation.plan.Invariant.ONE_LEADER;
import static io.hotfire.simulation.plan.Invariant.ONE_VOTE;
import static io.hotfire.simulation.plan.Invariant.VISIBLE_IS_COMMITTED;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.IADD;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.ICONST_1;
import static org.objectweb.asm.Opcodes.ICONST_2;
import static org.objectweb.asm.Opcodes.IDIV;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.POP2;
import static org.objectweb.asm.Opcodes.POP;

import io.hotfire.simulation.plan.FaultKind;
import io.hotfire.simulation.plan.Invariant;
import io.hotfire.simulation.plan.Profile;
import io.hotfire.simulation.plan.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The faults that the simulation has to find. */
public final class Mutants {
    private static final String DLEDGER = "io/openmessaging/storage/dledger/";
    private static final String ELECTOR = DLEDGER + "DLedgerLeaderElector";
    private static final String STATE = DLEDGER + "MemberState";
    private static final String STORE = DLEDGER + "store/file/DLedgerMmapFileStore";
    private static final String PUSHER = DLEDGER + "DLedgerEntryPusher";
    private static final String LAUNCHER = "io/hotfire/launcher/";
    private static final String CONTROLLER = LAUNCHER + "controller/";
    private static final String FAILOVER = LAUNCHER + "failover/";
    private static final String RAFT = LAUNCHER + "raft/";
    private static final String SIMULATED = LAUNCHER + "simulated/";
    private static final String ROUNDS = FAILOVER + "VoteRounds";

    private static final List<FaultKind> APART = List.of(CUT_OFF, PARTITION, SWING);
    private static final Set<Invariant> LOSS_OF_ENTRIES = Set.of(LEADER_HAS_ACKNOWLEDGED, COMMITTED_STAYS, VISIBLE_IS_COMMITTED);
    private static final Set<Invariant> TWO_LEADERS = Set.of(ONE_VOTE, ONE_LEADER, LEADER_HAS_ACKNOWLEDGED, COMMITTED_STAYS);

    /**
     * Those that the test asserts, each within at least seven times the seeds that it needs on average (docs/explanation/simulation.md): a change of the code changes all schedules, and must
     * not hide a mutant by chance. The others can be planted by name, and are found too seldom, or have hung. */
    private static final Set<String> ASSERTED = Set.of("vote-without-log-check", "two-votes-a-term", "append-without-term-check", "earlier-terms-count",
        "vote-not-stored", "newcomer-votes", "cut-too-far", "applied-again", "applied-early", "commit-without-majority", "compare-is-always-equal", "term-never-raised",
        "refused-is-accepted", "no-answer-is-accepted", "foreign-votes-counted", "decided-on-part");

    public static final List<Mutant> ALL = List.of(
        fast("vote-without-log-check", "a vote for a candidate whose log is shorter than one's own", ELECTOR,
            both(Edits.call("handleVote", "getLedgerEndTerm", Edits.minusOne()), Edits.call("handleVote", "getLedgerEndIndex", Edits.minusOne())),
            APART, LOSS_OF_ENTRIES, 150),
        fast("two-votes-a-term", "ACCEPT for each candidate of a term", ELECTOR, Edits.call("handleVote", "currVoteFor", Edits.ops(POP, ACONST_NULL)),
            APART, TWO_LEADERS, 60),
        new Mutant("vote-not-stored", "H3 put back: a vote that a restart forgets",
            Map.of(STATE, Edits.call("setCurrVoteFor", "persistTerm", Edits.ops(POP)), RAFT + "TermAndVoteFile", Edits.skip("store")),
            Subject.BROKERS, 3, Profile.FAST, List.of(VOTER_KILL), TWO_LEADERS, 60),
        fast("append-without-term-check", "entries of a leader that was replaced are taken", STORE,
            both(Edits.call("appendAsFollower", "currTerm", Edits.parameter(LLOAD, 2)), Edits.call("appendAsFollower", "getLeaderId", Edits.parameter(ALOAD, 4))),
            List.of(SWING), LOSS_OF_ENTRIES, 300),
        fast("truncate-without-term-check", "a leader that was replaced cuts its successor's log", STORE,
            both(Edits.call("truncate", "currTerm", Edits.parameter(LLOAD, 2)), Edits.call("truncate", "getLeaderId", Edits.parameter(ALOAD, 4))),
            APART, LOSS_OF_ENTRIES, 150),
        fast("commit-without-majority", "an entry counts as committed when the leader has it", PUSHER + "$QuorumAckChecker",
            Edits.operation("doWork", ICONST_2, IDIV, Edits.ops(POP2, ICONST_0)), APART, LOSS_OF_ENTRIES, 20),
        fast("half-is-a-majority", "half of the members, rounded down, are enough", STATE,
            Edits.operation("isQuorum", ICONST_1, IADD, Edits.ops(POP)), APART, TWO_LEADERS, 60),
        fast("compare-is-always-equal", "a follower's log counts as the leader's without a look at the entry", PUSHER + "$EntryHandler",
            Edits.call("handleDoCompare", "equals", Edits.ops(POP2, ICONST_1)), APART, LOSS_OF_ENTRIES, 120),
        fast("term-never-raised", "candidates ask for votes in the same term for good", STATE,
            Edits.operation("nextTerm", org.objectweb.asm.Opcodes.LCONST_1, org.objectweb.asm.Opcodes.LADD, Edits.ops(POP2)), APART, Set.of(LEADER_SOON), 40),
        fast("refused-is-accepted", "VoteRounds makes ACCEPT of a leader's refusal", ROUNDS, Edits.constant("understood", "REJECT_ALREADY_HAS_LEADER", "ACCEPT"),
            APART, TWO_LEADERS, 150),
        fast("no-answer-is-accepted", "an answer that is missing counts as ACCEPT", ROUNDS, acceptMissing(), APART, TWO_LEADERS, 40),
        fast("foreign-votes-counted", "a request of another group, or for another member, is answered as one's own", DLEDGER + "DLedgerServer",
            both(Edits.call("handleVote", "check", Edits.ops(POP2, POP2)), Edits.call("handleHeartBeat", "check", Edits.ops(POP2, POP2))),
            List.of(FOREIGN), Set.of(FOREIGN_CHANGES_NOTHING), 20),
        new Mutant("earlier-terms-count", "H4 put back: an entry of an earlier term is committed by its copies alone, and a leader has none of its own",
            Map.of(RAFT + "CurrentTermStore", Edits.call("updateCommittedIndex", "termOf", Edits.replaced(List.of(POP2, POP), LLOAD, 1)),
                SIMULATED + "Opening", Edits.call("lead", "isCaughtUp", Edits.ops(POP2, POP, ICONST_1))),
            Subject.BROKERS, 3, Profile.FAST, List.of(SWING), Set.of(COMMITTED_STAYS), 400),
        fast("no-turn", "L3 put back: the elector takes a random time between two bounds of different turns", FAILOVER + "FastFailover",
            Edits.made("install", FAILOVER + "FastFailover$TurnRandom", "java/util/Random"), APART, Set.of(ELECTOR_RUNS, LEADER_SOON), 100),
        fast("lost-pushes", "L5 put back: a push that was lost is asked for one by one", RAFT + "LostPushes",
            Edits.call("lambda$push$0", "setCode", Edits.ops(POP2)), List.of(LOSS), Set.of(CATCHES_UP), 200),
        fast("newcomer-votes", "H2 put back: a member whose disk was lost votes as if it had promised nothing", RAFT + "VotingRight",
            Edits.always("isNewcomer", false), List.of(EMPTY_DISK, CUT_OFF), TWO_LEADERS, 60),
        new Mutant("cut-too-far", "a new leader cuts off what both have",
            Map.of(RAFT + "ExactTruncation", Edits.constant("push", "TRUNCATE", "COMMIT"), RAFT + "CurrentTermStore", Edits.always("isAllOf", false)),
            Subject.BROKERS, 3, Profile.FAST, List.of(LOSS, FREEZE), Set.of(COMMITTED_STAYS), 1000),
        new Mutant("applied-again", "C1 put back: a controller that is behind applies its log again with each entry that comes",
            Map.of(CONTROLLER + "ApplyOnceStateMachine$Rest", Edits.read("hasNext", "applied", Edits.minusOne()), RAFT + "CommittedCaller", uncapped()),
            Subject.CONTROLLERS, 3, Profile.STOCK, List.of(KILL), Set.of(APPLIED_ONCE), 40),
        new Mutant("applied-early", "H4 put back for controllers: an event of an earlier term is applied for its copies alone",
            Map.of(RAFT + "CommittedCaller", uncapped()),
            Subject.CONTROLLERS, 3, Profile.FAST, List.of(SWING), Set.of(APPLIED_ONCE, COMMITTED_STAYS), 80),
        new Mutant("decided-on-part", "K1 put back: a controller decides without the decision before, which is not committed yet",
            Map.of(CONTROLLER + "CaughtUpReplicasInfo", both(Edits.skip("decide"), Edits.skip("check"))),
            Subject.CONTROLLERS, 3, Profile.STOCK, List.of(IMPATIENCE), Set.of(MASTER_IN_SET), 150));

    private Mutants() {
    }

    public static List<Mutant> asserted() {
        return ALL.stream().filter(mutant -> ASSERTED.contains(mutant.name())).toList();
    }

    public static Mutant named(String name) {
        return ALL.stream().filter(mutant -> mutant.name().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no mutant '" + name + "', only " + ALL.stream().map(Mutant::name).toList()));
    }

    private static Mutant fast(String name, String what, String owner, Mutant.Edit edit, List<FaultKind> kinds, Set<Invariant> breaks, int within) {
        return new Mutant(name, what, Map.of(owner, edit), Subject.BROKERS, 3, Profile.FAST, kinds, breaks, within);
    }

    private static Mutant.Edit uncapped() {
        return Edits.call("onCommitted", "min", Edits.ops(POP2));
    }

    private static Mutant.Edit both(Mutant.Edit one, Mutant.Edit other) {
        return type -> one.apply(type) & other.apply(type);
    }

    /** completeOnTimeout(new VoteResponse(), …) with ACCEPT in the answer. */
    private static Mutant.Edit acceptMissing() {
        String response = DLEDGER + "protocol/VoteResponse";
        return type -> type.methods.stream().filter(method -> method.name.equals("vote")).anyMatch(method -> {
            for (var instruction : method.instructions.toArray()) {
                if (instruction instanceof org.objectweb.asm.tree.MethodInsnNode call && call.owner.equals(response) && call.name.equals("<init>")) {
                    var code = new org.objectweb.asm.tree.InsnList();
                    code.add(new org.objectweb.asm.tree.FieldInsnNode(org.objectweb.asm.Opcodes.GETSTATIC, response + "$RESULT", "ACCEPT", "L" + response + "$RESULT;"));
                    code.add(new org.objectweb.asm.tree.MethodInsnNode(org.objectweb.asm.Opcodes.INVOKEVIRTUAL, response, "voteResult",
                        "(L" + response + "$RESULT;)L" + response + ";"));
                    method.instructions.insert(call, code);
                    return true;
                }
            }
            return false;
        });
    }
}
