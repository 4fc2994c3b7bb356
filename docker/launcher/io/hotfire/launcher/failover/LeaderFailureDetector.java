package io.hotfire.launcher.failover;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.hotfire.launcher.internals.DLedgerInternals;
import io.hotfire.launcher.runtime.DaemonThreads;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.openmessaging.storage.dledger.DLedgerConfig;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.DLedgerRpcNettyService;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.protocol.DLedgerRequestCode;
import io.openmessaging.storage.dledger.protocol.VoteResponse;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.rocketmq.remoting.netty.NettyRequestProcessor;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/**
 * Notices a lost leader early, and no leader lost where there is one. It only decides when this broker asks the others; they answer, and
 * vote, as DLedger does. Three things beside DLedger's own count of missed heartbeats:
 * the leader's closed connection counts as silence at once; a follower that misses the leader too says so when it is asked, instead of
 * sending the one who asks away for the length of all missed heartbeats; and the silence that is borne follows the pauses that are seen.
 */
final class LeaderFailureDetector implements NettyRequestProcessor, DLedgerLeaderElector.RoleChangeHandler {
    /**
     * A candidate that is told of a leader asks again after so many heartbeats; DLedger waits for all of the silence once more. If there is a
     * leader, its next heartbeat makes a follower of the candidate before.
     */
    private static final int BEATS_UNTIL_ASKED_AGAIN = 1;
    /** For so many silences after its last heartbeat a leader that answers is believed to lead. */
    private static final int SLOW_LEADER = 4;

    private final FailoverTimers timers;
    private final DLedgerConfig config;
    private final MemberState member;
    private final DLedgerLeaderElector elector;
    private final DLedgerRpcNettyService rpc;
    private final ElectionBackoff backoff;
    private final DeferredVotes votes;
    private final VoteDeadline voteDeadline;
    private final ClockSteps wallClock;
    /** Between heartbeats, without what this process itself was late. */
    private final PauseHistory beats = new PauseHistory();
    /** Of this process. */
    private final PauseHistory stalls = new PauseHistory();
    private final ScheduledExecutorService clock = DaemonThreads.scheduler("HotfireLeaderWatch");

    private LongConsumer onNewerTerm = newer -> { };
    private String leader;
    private long term = -1;
    private long lastBeat = System.nanoTime();
    private long lastTick = System.nanoTime();
    private long lateSinceBeat;
    private Channel channel;
    private boolean closed;
    /** Whether this process has ever followed somebody, or led. */
    private volatile boolean hasJoined;
    private final NewLeaderGrace grace;
    private final Patience patience;
    /** Of the elector's roles, in its lock. */
    private MemberState.Role lastRole;
    private Runnable onFollowing = () -> { };
    /** Of leaders that were missed and were not gone; of leads that were given up although the others were there. */
    private final FalseSuspicions falseMisses = new FalseSuspicions("a missed leader");
    private final FalseSuspicions falseSurrenders = new FalseSuspicions("a lead given up");
    private String missed;
    private long missedTerm;
    private boolean wasLeader;
    private boolean wasCandidate;
    /** The most missed heartbeats that the log tells of. */
    private int said;

    LeaderFailureDetector(FailoverTimers timers, DLedgerServer server, DLedgerRpcNettyService rpc) {
        this.timers = timers;
        this.config = server.getDLedgerConfig();
        this.member = server.getMemberState();
        this.elector = server.getDLedgerLeaderElector();
        this.rpc = rpc;
        this.backoff = new ElectionBackoff(config, member);
        // A pause for which more than the profile's silence would be borne if it were usual. No method reference: the simulation rewrites calls.
        this.grace = new NewLeaderGrace(() -> System.nanoTime(), timers.silenceMs() / Patience.CAUTION);
        this.patience = new Patience(timers, beats, stalls, falseMisses, falseSurrenders, grace);
        this.votes = new DeferredVotes(member, rpc);
        this.voteDeadline = new VoteDeadline(stalls, timers.heartbeatMs());
        this.wallClock = new ClockSteps(elector);
        this.said = Math.ceilDiv(timers.silenceMs(), timers.heartbeatMs());
    }

    /** Before the DLedger server starts: its table of processors is a plain map. */
    void install() {
        config.setHeartBeatTimeIntervalMs(timers.heartbeatMs());
        adapt();
        backoff.take();
        var answering = Executors.newFixedThreadPool(2, runnable -> new Thread(runnable, "HotfireElection"));
        rpc.getRemotingServer().registerProcessor(DLedgerRequestCode.HEART_BEAT.getCode(), this, answering);
        rpc.getRemotingServer().registerProcessor(DLedgerRequestCode.VOTE.getCode(), this, answering);
        elector.addRoleChangeHandler(this);
        long every = timers.heartbeatMs() / 2;
        clock.scheduleWithFixedDelay(DaemonThreads.guarded("the leader's watch", this::tick), every, every, TimeUnit.MILLISECONDS);
    }

    private void join() {
        if (hasJoined) {
            return;
        }
        hasJoined = true;
        clock.schedule(this::forgetOnceSettled, timers.silenceMs(), TimeUnit.MILLISECONDS);
    }

    private void forgetOnceSettled() {
        if (!grace.isOver()) {
            clock.schedule(this::forgetOnceSettled, timers.silenceMs(), TimeUnit.MILLISECONDS);
            return;
        }
        beats.forget();
        stalls.forget();
        falseMisses.forget();
        falseSurrenders.forget();
    }

    /** Run in DLedger's lock, when this broker follows a leader: whatever it was asking the others is answered. */
    void onFollowing(Runnable action) {
        onFollowing = action;
    }

    /** Told of each request for a vote in a newer term, once the elector has heard it. */
    void onNewerTerm(LongConsumer action) {
        onNewerTerm = action;
    }

    /** How long the vote of a peer is waited for. */
    long voteDeadlineMs(String peer) {
        if (!hasJoined) {
            return VoteDeadline.FIRST_MS;
        }
        return isLost(peer) ? voteDeadline.ofLostLeaderMs() : voteDeadline.ofPeerMs();
    }

    /** How long a leader is believed to have a majority since it heard of one last. */
    long patienceMs() {
        return patience.ofLeaseMs();
    }

    @Override
    public RemotingCommand processRequest(ChannelHandlerContext context, RemotingCommand request) throws Exception {
        if (!context.channel().isActive()) {
            // The last heartbeat of a leader that was killed, handled after its connection was seen closed: it would be followed once more.
            return null;
        }
        JSONObject body = JSON.parseObject(request.getBody());
        String from = body.getString("leaderId");
        if (!concernsUs(body, from)) {
            return rpc.processRequest(context, request);
        }
        long said = body.getLongValue("term");
        boolean isVote = request.getCode() == DLedgerRequestCode.VOTE.getCode();
        boolean isNewer = said > member.currTerm();
        if (!isVote && isTakingOver(said)) {
            return null;
        }
        if (isVote && isNewer) {
            backoff.giveWay(from.equals(member.getTransferee()));
        }
        if (request.getCode() == DLedgerRequestCode.HEART_BEAT.getCode()) {
            beat(context.channel(), from, said);
        } else {
            asked(from, said);
        }
        heardOf(from, said);
        if (isVote && isNewer) {
            votes.answer(context, request, () -> onNewerTerm.accept(said));
            return null;
        }
        return rpc.processRequest(context, request);
    }

    /**
     * All groups have members of the same names on the same ports, and addresses change hands when containers are started again. DLedgerServer refuses
     * what is for another group or member, and the elector who is no member; until then nothing may come of it.
     */
    private boolean concernsUs(JSONObject body, String from) {
        return member.getGroup().equals(body.getString("group")) && member.getSelfId().equals(body.getString("remoteId"))
            && member.isPeerMember(from) && !member.getSelfId().equals(from);
    }

    /**
     * The leader has asked this broker to take over, and sends heartbeats until it does. DLedger would follow it once more, and the transfer
     * would have failed, until the elector has raised the term: it does so the next time that it looks.
     */
    private boolean isTakingOver(long said) {
        return member.isCandidate() && said == member.currTerm() && said < member.getTermToTakeLeadership();
    }

    /**
     * The one that was missed speaks, as leader or as candidate: it was not gone. Not so who asks for the role of a broker, with a heartbeat
     * in its leader's name and term -1, as Hotfire's status and drills do.
     */
    private synchronized void heardOf(String peer, long said) {
        if (peer.equals(missed) && said >= missedTerm) {
            falseMisses.isOver();
            missed = null;
        }
    }

    @Override
    public boolean rejectRequest() {
        return false;
    }

    private void beat(Channel from, String leaderId, long said) {
        if (said < member.currTerm()) {
            return;
        }
        synchronized (this) {
            long now = System.nanoTime();
            if (said == term && leaderId.equals(leader)) {
                long pause = TimeUnit.NANOSECONDS.toMillis(now - lastBeat) - lateSinceBeat;
                beats.saw(pause);
                grace.paused(pause);
            } else {
                backoff.follow(leaderId, said);
                grace.begin();
            }
            join();
            leader = leaderId;
            term = said;
            lastBeat = now;
            lateSinceBeat = 0;
            closed = false;
            if (from == channel) {
                return;
            }
            channel = from;
        }
        from.closeFuture().addListener(future -> clock.execute(() -> closed(from)));
    }

    private void closed(Channel which) {
        synchronized (this) {
            if (which != channel) {
                return;
            }
            closed = true;
        }
        synchronized (member) {
            if (member.isFollower() && misses()) {
                System.out.println("hotfire: the connection of leader " + member.getLeaderId() + " is closed, asking the others");
                elector.changeRoleToCandidate(member.currTerm());
            }
        }
    }

    /** Somebody asks for votes in the present term, that is, whether anybody still has a leader. */
    private void asked(String by, long said) {
        synchronized (member) {
            if (member.isFollower() && said == member.currTerm() && !by.equals(member.getLeaderId()) && misses()) {
                elector.changeRoleToCandidate(said);
            }
        }
    }

    /** Whether this follower has heard nothing of the leader for longer than most of the silence that is borne. */
    private synchronized boolean misses() {
        long silence = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastBeat);
        return closed || silence > patience.ofFollowerMs() * 6L / 10;
    }

    /**
     * Whether a vote that this peer refuses, in this term, is the word of its leader: it is slow, and there. Believed for so many silences
     * after its last heartbeat, since a leader that answers but sends no heartbeats is none.
     */
    synchronized boolean isLeading(String peer, long ofTerm) {
        long silence = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastBeat);
        return peer.equals(leader) && ofTerm == term && !closed && silence < (long) SLOW_LEADER * patience.ofFollowerMs();
    }

    /** Whether this is the leader that was followed, and is missed. */
    synchronized boolean isLost(String peer) {
        return peer.equals(leader) && misses();
    }

    private void tick() {
        long now = System.nanoTime();
        long late = TimeUnit.NANOSECONDS.toMillis(now - lastTick) - timers.heartbeatMs() / 2;
        lastTick = now;
        synchronized (this) {
            lateSinceBeat += Math.max(0, late);
        }
        stalls.saw(timers.heartbeatMs() + Math.max(0, late));
        grace.paused(late);
        wallClock.look();
        giveUp();
        watchSelf();
        backoff.take();
        adapt();
    }

    /** DLedger counts silence by the wall clock (ClockSteps), this by the other one, and without what this process was late itself. */
    private void giveUp() {
        synchronized (member) {
            if (member.isFollower() && hasGivenUp()) {
                elector.changeRoleToCandidate(member.currTerm());
            }
        }
    }

    private synchronized boolean hasGivenUp() {
        long silence = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastBeat) - lateSinceBeat;
        return member.currTerm() == term && silence > patience.ofFollowerMs();
    }

    /** What became of this broker since it was looked at last, and whether that was for nothing. */
    private void watchSelf() {
        boolean isLeader = member.isLeader();
        boolean isCandidate = member.isCandidate();
        if (isLeader) {
            if (!wasLeader) {
                grace.begin();
            }
            join();
            falseSurrenders.isOver();
        }
        if (isCandidate && wasLeader) {
            falseSurrenders.begin();
        }
        synchronized (this) {
            if (isCandidate && !wasLeader && !wasCandidate && !closed && misses()) {
                missed = leader;
                missedTerm = term;
                falseMisses.begin();
            }
        }
        wasLeader = isLeader;
        wasCandidate = isCandidate;
    }

    /** Called by the elector between two looks at its intervals, in its lock. */
    @Override
    public void handle(long ofTerm, MemberState.Role role) {
        if (role == MemberState.Role.CANDIDATE && lastRole == MemberState.Role.FOLLOWER) {
            askFirst();
        }
        lastRole = role;
        if (role == MemberState.Role.FOLLOWER) {
            onFollowing.run();
        }
        backoff.take();
        adapt();
    }

    /**
     * A follower that misses its leader asks whether it is missed by the others, in the present term, before it raises it. DLedger's does not if it keeps
     * the word of an older round ("ask in the next term") that ended after this broker had followed a leader: it raised the term at once, and deposed a
     * leader whose next heartbeat came 9 ms later. A newer term that it has heard of is another thing (needIncreaseTermImmediately), and stays.
     */
    private void askFirst() {
        DLedgerInternals.LAST_PARSE_RESULT.set(elector, VoteResponse.ParseResult.WAIT_TO_REVOTE);
    }

    @Override
    public void startup() {
    }

    @Override
    public void shutdown() {
    }

    private synchronized void adapt() {
        int beatsMissed = Math.ceilDiv(patience.ofFollowerMs(), timers.heartbeatMs());
        if (grace.isOver() && beatsMissed > said) {
            System.out.println("hotfire: heartbeats up to " + beats.usual() + " ms apart, caution " + falseMisses.caution()
                + ": a leader is missed after " + beatsMissed * timers.heartbeatMs() + " ms");
            said = beatsMissed;
        }
        if (member.isLeader()) {
            config.setMaxHeartBeatLeak(Math.ceilDiv((int) patience.ofLeaderMs(), timers.heartbeatMs()));
        } else {
            config.setMaxHeartBeatLeak(member.isCandidate() ? BEATS_UNTIL_ASKED_AGAIN : beatsMissed);
        }
    }
}
