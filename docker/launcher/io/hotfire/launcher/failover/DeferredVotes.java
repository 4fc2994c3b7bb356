package io.hotfire.launcher.failover;

import com.alibaba.fastjson2.JSON;
import io.hotfire.launcher.runtime.DaemonThreads;
import io.netty.channel.ChannelHandlerContext;
import io.openmessaging.storage.dledger.DLedgerRpcNettyService;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.protocol.VoteRequest;
import io.openmessaging.storage.dledger.protocol.VoteResponse;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/**
 * Votes in a newer term, answered once they can be given. DLedger answers the first request for one "term not ready", has its elector raise
 * the term within the next 10 ms, and is asked again 10 to 20 ms later. The request is held back for that moment instead, and then goes to DLedger.
 */
final class DeferredVotes {
    private static final long LOOK_EVERY_MS = 1;
    /** The elector looks every 10 ms, and may forget what it was told: it clears needIncreaseTermImmediately outside of its lock (maintainAsCandidate). */
    private static final long TELL_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Less than the shortest time in which the candidate wants an answer. */
    private static final long LONGEST_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    private final MemberState member;
    private final DLedgerRpcNettyService rpc;
    /** Not the failure detector's: a vote is stored before it is given, and on a slow disk ticks would wait for it. */
    private final ScheduledExecutorService clock = DaemonThreads.scheduler("HotfireVotes");

    DeferredVotes(MemberState member, DLedgerRpcNettyService rpc) {
        this.member = member;
        this.rpc = rpc;
    }

    /** {@code onNotReady} is run when the elector is to raise the term. */
    void answer(ChannelHandlerContext context, RemotingCommand request, Runnable onNotReady) throws Exception {
        VoteRequest vote = JSON.parseObject(request.getBody(), VoteRequest.class);
        VoteResponse first = rpc.handleVote(vote).getNow(null);
        if (first == null || first.getVoteResult() != VoteResponse.RESULT.REJECT_TERM_NOT_READY) {
            rpc.processRequest(context, request);
            return;
        }
        onNotReady.run();
        long now = System.nanoTime();
        answerOnceRaised(context, request, vote, now + LONGEST_HOLD_NANOS, now + TELL_AGAIN_NANOS);
    }

    private void answerOnceRaised(ChannelHandlerContext context, RemotingCommand request, VoteRequest vote, long until, long tellAgainAt) {
        clock.schedule(() -> {
            try {
                long now = System.nanoTime();
                boolean isRaised = member.currTerm() >= vote.getTerm();
                if (isRaised || now >= until) {
                    rpc.processRequest(context, request);
                    return;
                }
                if (now >= tellAgainAt) {
                    rpc.handleVote(vote);
                }
                answerOnceRaised(context, request, vote, until, now >= tellAgainAt ? now + TELL_AGAIN_NANOS : tellAgainAt);
            } catch (Exception e) {
                // The candidate hears nothing and asks again, as after any lost answer.
                e.printStackTrace();
            }
        }, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }
}
