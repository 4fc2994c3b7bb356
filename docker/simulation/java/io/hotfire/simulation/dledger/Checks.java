package io.hotfire.simulation.dledger;

import com.alibaba.fastjson.JSON;
import io.hotfire.simulation.plan.Finding;
import io.hotfire.simulation.plan.Invariant;
import io.hotfire.simulation.world.Node;
import io.hotfire.simulation.world.Watchers;
import io.hotfire.simulation.world.World;
import io.openmessaging.storage.dledger.protocol.DLedgerRequestCode;
import io.openmessaging.storage.dledger.protocol.VoteRequest;
import io.openmessaging.storage.dledger.protocol.VoteResponse;
import io.openmessaging.storage.dledger.store.DLedgerStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Looks at a group while it runs, and says which invariant breaks. */
final class Checks implements Watchers {
    private static final int MOST_FINDINGS = 20;

    private final World world;
    private final List<Member> members;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Long, Node> leaders = new HashMap<>();
    private final Map<String, String> votes = new HashMap<>();
    /** An entry, and the term of its leader. */
    private record Acknowledged(String entry, long term) {
    }

    /** By index: what was acknowledged, and what counted as committed somewhere. */
    private final Map<Long, Acknowledged> acknowledged = new TreeMap<>();
    private final Map<Long, String> committed = new HashMap<>();
    private final Map<Object, Long> committedUpTo = new HashMap<>();
    private BiConsumer<Integer, Integer> onVote = (voter, candidate) -> { };
    private int elections;

    Checks(World world, List<Member> members) {
        this.world = world;
        this.members = members;
    }

    /** Told of each vote for another member: voter and candidate. */
    void onVote(BiConsumer<Integer, Integer> action) {
        onVote = action;
    }

    List<Finding> findings() {
        return findings;
    }

    int elections() {
        return elections;
    }

    int acknowledged() {
        return acknowledged.size();
    }

    void found(Invariant invariant, String what) {
        world.story().tell("VIOLATION " + invariant + ": " + what);
        if (findings.size() < MOST_FINDINGS && findings.stream().noneMatch(known -> known.invariant() == invariant)) {
            findings.add(new Finding(invariant, world.elapsedMs(), what));
        }
    }

    void leads(Member member) {
        elections++;
        long term = member.state().currTerm();
        Node other = leaders.putIfAbsent(term, member.node());
        if (other != null && other != member.node()) {
            found(Invariant.ONE_LEADER, "in term " + term + " first " + other + " was elected, then " + member);
        }
        votes(member.toString(), term, member.toString());
        hasAcknowledged(member);
    }

    /** A candidate may come to lead after another one in a later term has begun to: what is acknowledged there is no concern of this one, which commits nothing. */
    private void hasAcknowledged(Member leader) {
        long term = leader.state().currTerm();
        for (Map.Entry<Long, Acknowledged> one : acknowledged.entrySet()) {
            String has = leader.at(one.getKey());
            if (one.getValue().term <= term && !one.getValue().entry.equals(has)) {
                found(Invariant.LEADER_HAS_ACKNOWLEDGED, leader + " leads term " + term + " and has " + has + " at index "
                    + one.getKey() + ", where " + one.getValue().entry + " was acknowledged");
                return;
            }
        }
    }

    void acknowledges(Member by, long index, byte[] body, long term) {
        String entry = Member.said(body, term);
        acknowledged.put(index, new Acknowledged(entry, term));
        for (Member member : members) {
            if (member.leads() && member.state().currTerm() > by.state().currTerm() && !entry.equals(member.at(index))) {
                found(Invariant.LEADER_HAS_ACKNOWLEDGED, by + " acknowledged " + entry + " at index " + index + ", and " + member + ", which leads the later term "
                    + member.state().currTerm() + ", has " + member.at(index));
            }
        }
    }

    /** A vote counts when the candidate hears it, or, its own, when it leads. */
    void onAnswer(int asker, int answerer, RemotingCommand request, RemotingCommand response) {
        if (request.getCode() != DLedgerRequestCode.VOTE.getCode()) {
            return;
        }
        VoteResponse answer = JSON.parseObject(new String(response.getBody()), VoteResponse.class);
        if (answer.getVoteResult() == VoteResponse.RESULT.ACCEPT) {
            VoteRequest asked = JSON.parseObject(new String(request.getBody()), VoteRequest.class);
            votes("n" + answerer, asked.getTerm(), "n" + asker);
        }
    }

    private void votes(String voter, long term, String candidate) {
        String other = votes.putIfAbsent(voter + " in " + term, candidate);
        if (other == null && !voter.equals(candidate)) {
            world.story().tell(voter + " votes for " + candidate + " in term " + term);
            onVote.accept(voter.charAt(1) - '0', candidate.charAt(1) - '0');
        }
        if (other != null && !other.equals(candidate)) {
            found(Invariant.ONE_VOTE, voter + " voted in term " + term + " for " + other + " and for " + candidate);
        }
    }

    @Override
    public void onCommitted(Object store) {
        long last = ((DLedgerStore) store).getCommittedIndex();
        long before = committedUpTo.getOrDefault(store, -1L);
        Member member = members.stream().filter(one -> one.server() != null && one.store() == store).findFirst().orElse(null);
        if (last == before || member == null || !member.node().isUp()) {
            return;
        }
        committedUpTo.put(store, last);
        // A store may have taken back what it had counted.
        for (long index = Math.max(0, Math.min(before + 1, last - 1)); index <= last; index++) {
            counts(member, index, member.at(index));
        }
    }

    private void counts(Member member, long index, String entry) {
        String first = committed.putIfAbsent(index, String.valueOf(entry));
        if (first != null && !first.equals(entry)) {
            found(Invariant.COMMITTED_STAYS, member + " counts " + entry + " at index " + index + " as committed, where " + first + " was committed before");
            committed.put(index, entry);
        }
        if (entry != null && entry.equals(first)) {
            // It had its copies when it was counted first; a disk may have been lost since.
            return;
        }
        long have = members.stream().filter(other -> Objects.equals(entry, other.at(index)) || entry != null && entry.equals(other.lost(index))).count();
        if (have <= members.size() / 2) {
            found(Invariant.VISIBLE_IS_COMMITTED, member + " shows " + entry + " at index " + index + " to consumers, and only " + have + " of "
                + members.size() + " have it");
        }
    }

    @Override
    public void onBadBound(Node node, int bound) {
        found(Invariant.ELECTOR_RUNS, node + " wants a random time below " + bound + " ms");
    }
}
