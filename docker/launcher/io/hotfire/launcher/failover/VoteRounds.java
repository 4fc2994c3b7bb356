package io.hotfire.launcher.failover;

import io.hotfire.launcher.raft.ForwardingRpcService;
import io.openmessaging.storage.dledger.DLedgerRpcService;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.protocol.DLedgerResponseCode;
import io.openmessaging.storage.dledger.protocol.HeartBeatRequest;
import io.openmessaging.storage.dledger.protocol.HeartBeatResponse;
import io.openmessaging.storage.dledger.protocol.VoteRequest;
import io.openmessaging.storage.dledger.protocol.VoteResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The elector's way to its peers, with an end to every vote. DLedgerLeaderElector waits for all answers of a round or 2 s, and a dead
 * peer never answers. A missing answer stands for nothing here as there: it is the empty VoteResponse that DLedgerRpcNettyService gives
 * when a call fails. What comes later belongs to a round that is over, and changes nothing.
 */
final class VoteRounds extends ForwardingRpcService {
    private final MemberState member;
    private final LeaderLease lease;
    private final QuorumContact quorum;
    private final ToLongFunction<String> deadlineMs;
    private final BiPredicate<String, Long> isLeading;
    private final Predicate<String> isGone;
    private final Runnable onReturn;
    private volatile Round round = new Round(-1);

    /**
     * {@code isLeading} tells who leads in a term, however slowly. {@code isGone} tells who need not be asked whether there is a leader: he was it, and is missed. {@code onReturn} is run when a peer
     * answers a heartbeat again after it has been out of reach.
     */
    VoteRounds(
        DLedgerRpcService peers, MemberState member, LeaderLease lease, QuorumContact quorum, ToLongFunction<String> deadlineMs,
        BiPredicate<String, Long> isLeading, Predicate<String> isGone, Runnable onReturn
    ) {
        super(peers);
        this.member = member;
        this.lease = lease;
        this.quorum = quorum;
        this.deadlineMs = deadlineMs;
        this.isLeading = isLeading;
        this.isGone = isGone;
        this.onReturn = onReturn;
    }

    /**
     * Somebody asks for votes in a newer term. This broker has to raise its own before it can vote, and its elector does so once the
     * present round, which is worth nothing any more, is over.
     */
    void overtakenBy(long term) {
        Round mine = round;
        if (term > mine.term) {
            mine.end();
        }
    }

    /** This broker follows a leader: its round is answered. Its word, if it came later, would stay with the elector until the leader is missed next. */
    void follows() {
        round.end();
    }

    /** Called by one thread, the elector's, for each peer of a round in turn. */
    @Override
    public CompletableFuture<VoteResponse> vote(VoteRequest request) throws Exception {
        quorum.asks();
        if (round.term != request.getTerm() || round.answers.containsKey(request.getRemoteId())) {
            round = new Round(request.getTerm());
        }
        Round mine = round;
        CompletableFuture<VoteResponse> answer = mine.open(request.getRemoteId());
        super.vote(request).whenComplete((response, failure) -> {
            answer.complete(failure == null ? understood(request, response) : new VoteResponse());
            if (failure == null && response.getVoteResult() != VoteResponse.RESULT.UNKNOWN) {
                lease.heard(request.getRemoteId());
            }
            mine.endIfLost(response);
        });
        return answer.completeOnTimeout(new VoteResponse(), deadlineMs.applyAsLong(request.getRemoteId()), TimeUnit.MILLISECONDS);
    }

    /**
     * A leader says of a shorter log that it is shorter, before it says that it leads (handleVote), and under load the log of a follower that has
     * missed a heartbeat always is. It would raise the term, and depose a leader that is there.
     */
    private VoteResponse understood(VoteRequest request, VoteResponse response) {
        boolean isShorter = response.getVoteResult() == VoteResponse.RESULT.REJECT_SMALL_LEDGER_END_INDEX
            || response.getVoteResult() == VoteResponse.RESULT.REJECT_EXPIRED_LEDGER_TERM;
        if (isShorter && response.getTerm() == request.getTerm() && isLeading.test(request.getRemoteId(), request.getTerm())) {
            response.setVoteResult(VoteResponse.RESULT.REJECT_ALREADY_HAS_LEADER);
        }
        return response;
    }

    /**
     * One round of votes. It ends as soon as so many have refused that it cannot be won any more, unless somebody who has not answered yet
     * may still say that there is a leader: whoever does not hear that raises the term, and deposes it.
     */
    private final class Round {
        private final long term;
        private final Map<String, CompletableFuture<VoteResponse>> answers = new HashMap<>();
        private int refusals;

        Round(long term) {
            this.term = term;
        }

        synchronized CompletableFuture<VoteResponse> open(String peer) {
            CompletableFuture<VoteResponse> answer = new CompletableFuture<>();
            answers.put(peer, answer);
            return answer;
        }

        void endIfLost(VoteResponse response) {
            if (response != null && isRefusal(response.getVoteResult()) && isLost()) {
                end();
            }
        }

        void end() {
            answers().values().forEach(answer -> answer.complete(new VoteResponse()));
        }

        private synchronized boolean isLost() {
            refusals++;
            String votedFor = member.currVoteFor();
            int own = votedFor != null && !votedFor.equals(member.getSelfId()) ? 1 : 0;
            boolean isOpen = answers.entrySet().stream().anyMatch(one -> !one.getValue().isDone() && !isGone.test(one.getKey()));
            return !isOpen && answers.size() == member.peerSize() - 1 && !member.isQuorum(member.peerSize() - refusals - own);
        }

        private synchronized Map<String, CompletableFuture<VoteResponse>> answers() {
            return Map.copyOf(answers);
        }
    }

    private static boolean isRefusal(VoteResponse.RESULT result) {
        return switch (result) {
            case UNKNOWN, ACCEPT, REJECT_TERM_NOT_READY -> false;
            default -> true;
        };
    }

    @Override
    public CompletableFuture<HeartBeatResponse> heartBeat(HeartBeatRequest request) throws Exception {
        quorum.leads();
        return super.heartBeat(request).whenComplete((response, failure) -> {
            if (failure != null || response.getCode() == DLedgerResponseCode.NETWORK_ERROR.getCode()) {
                return;
            }
            if (response.getCode() == DLedgerResponseCode.SUCCESS.getCode()) {
                quorum.heard(request.getRemoteId(), request.getTerm());
            }
            if (lease.heard(request.getRemoteId())) {
                onReturn.run();
            }
        });
    }
}
