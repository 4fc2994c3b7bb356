package io.hotfire.launcher;

import com.alibaba.fastjson2.JSON;
import io.netty.channel.ChannelHandlerContext;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
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
final class HeldVotes {
    private static final long LOOK_EVERY_MS = 1;
    /** Less than the shortest time in which the candidate wants an answer. */
    private static final long LONGEST_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    private final DLedgerLeaderElector elector;
    private final MemberState member;
    private final DLedgerRpcNettyService rpc;
    private final ScheduledExecutorService clock;

    HeldVotes(DLedgerLeaderElector elector, MemberState member, DLedgerRpcNettyService rpc, ScheduledExecutorService clock) {
        this.elector = elector;
        this.member = member;
        this.rpc = rpc;
        this.clock = clock;
    }

    /** {@code onNotReady} is run when the elector is to raise the term. */
    void answer(ChannelHandlerContext context, RemotingCommand request, Runnable onNotReady) throws Exception {
        VoteRequest vote = JSON.parseObject(request.getBody(), VoteRequest.class);
        VoteResponse first = elector.handleVote(vote, false).getNow(null);
        if (first == null || first.getVoteResult() != VoteResponse.RESULT.REJECT_TERM_NOT_READY) {
            rpc.processRequest(context, request);
            return;
        }
        onNotReady.run();
        answerOnceRaised(context, request, vote.getTerm(), System.nanoTime() + LONGEST_HOLD_NANOS);
    }

    private void answerOnceRaised(ChannelHandlerContext context, RemotingCommand request, long term, long until) {
        clock.schedule(() -> {
            if (member.currTerm() < term && System.nanoTime() < until) {
                answerOnceRaised(context, request, term, until);
                return;
            }
            try {
                rpc.processRequest(context, request);
            } catch (Exception e) {
                // The candidate hears nothing and asks again, as after any lost answer.
                e.printStackTrace();
            }
        }, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }
}
