package io.hotfire.launcher.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.alibaba.fastjson2.JSON;
import io.hotfire.launcher.internals.DLedgerInternals;
import io.hotfire.launcher.internals.PrivateField;
import io.hotfire.launcher.raft.Raft;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.DLedgerRpcNettyService;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.protocol.DLedgerRequestCode;
import io.openmessaging.storage.dledger.protocol.HeartBeatRequest;
import io.openmessaging.storage.dledger.protocol.VoteRequest;
import io.openmessaging.storage.dledger.protocol.VoteResponse;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The elector of these members does not run: what happens, the watch does. */
class LeaderFailureDetectorTest {
    private static final FailoverTimers TIMERS = new FailoverTimers(100, 500);

    @TempDir
    Path folder;
    private DLedgerServer server;
    private MemberState member;
    private LeaderFailureDetector watch;

    @BeforeEach
    void make() throws Exception {
        server = Raft.server(folder, "n0");
        member = server.getMemberState();
        watch = new LeaderFailureDetector(TIMERS, server, (DLedgerRpcNettyService) server.getDLedgerRpcService());
    }

    private void inTerm(long term) {
        member.changeToCandidate(term);
        member.nextTerm();
    }

    private static EmbeddedChannel connection() {
        return new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    }

    private static ChannelHandlerContext of(EmbeddedChannel channel) {
        return channel.pipeline().firstContext();
    }

    private static RemotingCommand request(DLedgerRequestCode code, Object body) {
        RemotingCommand request = RemotingCommand.createRequestCommand(code.getCode(), null);
        request.setBody(JSON.toJSONBytes(body));
        return request;
    }

    private static RemotingCommand vote(String group, String from, String to, long term) {
        VoteRequest vote = Raft.vote(from, to, term);
        vote.setGroup(group);
        return request(DLedgerRequestCode.VOTE, vote);
    }

    private static RemotingCommand beat(String group, String from, String to, long term) {
        HeartBeatRequest beat = new HeartBeatRequest();
        beat.setGroup(group);
        beat.setLeaderId(from);
        beat.setLocalId(from);
        beat.setRemoteId(to);
        beat.setTerm(term);
        return request(DLedgerRequestCode.HEART_BEAT, beat);
    }

    /** M1 */
    @Test
    void aRequestForAnotherGroupOrMemberDeposesNobody() throws Exception {
        inTerm(5);
        member.setCurrVoteFor("n0");
        server.getDLedgerLeaderElector().changeRoleToLeader(5);
        watch.processRequest(of(connection()), vote("broker-b", "n1", "n0", 9));
        watch.processRequest(of(connection()), vote(Raft.GROUP, "n1", "n2", 9));
        watch.processRequest(of(connection()), vote(Raft.GROUP, "n7", "n0", 9));
        assertEquals(MemberState.Role.LEADER, member.getRole());
        watch.processRequest(of(connection()), vote(Raft.GROUP, "n1", "n0", 9));
        assertEquals(MemberState.Role.CANDIDATE, member.getRole(), "its own group's does");
    }

    /** M1: who misses its leader becomes a candidate when another one of its group asks whether there is one. */
    @Test
    void aQuestionOfAnotherGroupIsNone() throws Exception {
        inTerm(5);
        watch.processRequest(of(connection()), beat(Raft.GROUP, "n1", "n0", 5));
        Thread.sleep(3L * TIMERS.silenceMs());
        watch.processRequest(of(connection()), vote("broker-b", "n2", "n0", 5));
        watch.processRequest(of(connection()), vote(Raft.GROUP, "n2", "n1", 5));
        assertEquals(MemberState.Role.FOLLOWER, member.getRole());
        watch.processRequest(of(connection()), vote(Raft.GROUP, "n2", "n0", 5));
        assertEquals(MemberState.Role.CANDIDATE, member.getRole());
    }

    /** M1 */
    @Test
    void aConnectionOfAnotherGroupIsNotTheLeaders() throws Exception {
        inTerm(5);
        EmbeddedChannel leader = connection();
        EmbeddedChannel stray = connection();
        watch.processRequest(of(leader), beat(Raft.GROUP, "n1", "n0", 5));
        watch.processRequest(of(stray), beat("broker-b", "n1", "n0", 5));
        watch.processRequest(of(stray), beat(Raft.GROUP, "n1", "n2", 5));
        stray.close();
        Thread.sleep(200);
        assertEquals(MemberState.Role.FOLLOWER, member.getRole());
        leader.close();
        assertTrue(Raft.soon(member::isCandidate), "its own leader's is");
    }

    /** L1: by a clock that is not set. */
    @Test
    void silenceIsNoticedWithoutTheWallClock() throws Exception {
        inTerm(5);
        watch.install();
        watch.processRequest(of(connection()), beat(Raft.GROUP, "n1", "n0", 5));
        DLedgerInternals.LEADER_HEARD_AT.set(server.getDLedgerLeaderElector(), System.currentTimeMillis() + 3_600_000);
        Thread.sleep(3L * TIMERS.silenceMs() / 2);
        assertEquals(MemberState.Role.FOLLOWER, member.getRole(), "a leader that is new is borne for three silences");
        assertTrue(Raft.soon(member::isCandidate));
    }

    /** One look of the elector, which does not run in these tests. */
    private void look() throws Exception {
        Method candidate = DLedgerLeaderElector.class.getDeclaredMethod("maintainAsCandidate");
        candidate.setAccessible(true);
        candidate.invoke(server.getDLedgerLeaderElector());
    }

    /** The word of an older round, that ended after the leader was followed. */
    @Test
    void aFollowerAsksInThePresentTermBeforeItRaisesIt() throws Exception {
        inTerm(5);
        long term = member.currTerm();
        watch.install();
        watch.processRequest(of(connection()), beat(Raft.GROUP, "n1", "n0", term));
        DLedgerInternals.LAST_PARSE_RESULT.set(server.getDLedgerLeaderElector(), VoteResponse.ParseResult.WAIT_TO_VOTE_NEXT);
        server.getDLedgerLeaderElector().changeRoleToCandidate(term);
        look();
        assertEquals(term, member.currTerm(), "it has asked whether there is a leader");
        watch.processRequest(of(connection()), beat(Raft.GROUP, "n1", "n0", term));
        assertEquals(MemberState.Role.FOLLOWER, member.getRole());
    }

    /** It has been told of a newer term, and goes there. */
    @Test
    void aNewerTermIsRaisedToAtOnce() throws Exception {
        inTerm(5);
        long term = member.currTerm();
        watch.install();
        watch.processRequest(of(connection()), beat(Raft.GROUP, "n1", "n0", term));
        server.getDLedgerLeaderElector().handleVote(Raft.vote("n2", "n0", term + 1), false);
        look();
        assertEquals(term + 1, member.currTerm());
    }

    /** The elector gives up after so many heartbeats without a majority. */
    @Test
    void aNewLeaderIsAsPatientAsItsFollowers() throws Exception {
        inTerm(5);
        watch.install();
        member.setCurrVoteFor("n0");
        server.getDLedgerLeaderElector().changeRoleToLeader(member.currTerm());
        int atFirst = 3 * 2 * TIMERS.silenceMs() / TIMERS.heartbeatMs();
        assertTrue(Raft.soon(() -> server.getDLedgerConfig().getMaxHeartBeatLeak() >= atFirst));
    }

    /** On a machine that stalls, the start lasts until it does no more. */
    @Test
    void moreIsBorneForAsLongAsTheStartStalls() throws Exception {
        inTerm(5);
        long term = member.currTerm();
        watch.install();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(7);
        while (System.nanoTime() < until) {
            watch.processRequest(of(connection()), beat(Raft.GROUP, "n1", "n0", term));
            Thread.sleep(400);
        }
        Thread.sleep(2L * TIMERS.silenceMs());
        assertEquals(MemberState.Role.FOLLOWER, member.getRole(), "three silences are borne, also 7 s after the election");
        assertTrue(Raft.soon(member::isCandidate));
    }

    /** L1 */
    @Test
    void whatIsInTheFutureOnceTheClockWasSetBackIsNow() {
        DLedgerLeaderElector elector = server.getDLedgerLeaderElector();
        long now = System.currentTimeMillis();
        DLedgerInternals.LEADER_HEARD_AT.set(elector, now + 4000);
        DLedgerInternals.BEAT_SENT_AT.set(elector, now + 4000);
        DLedgerInternals.MAJORITY_HEARD_AT.set(elector, now - 70);
        DLedgerInternals.NEXT_VOTE_AT.set(elector, now + 4100);
        new ClockSteps(elector).wasSetBack(4000);
        assertEquals(now, DLedgerInternals.LEADER_HEARD_AT.get(elector), 500);
        assertEquals(now, DLedgerInternals.BEAT_SENT_AT.get(elector), 500);
        assertEquals(now - 70, DLedgerInternals.MAJORITY_HEARD_AT.get(elector));
        assertEquals(now + 100, DLedgerInternals.NEXT_VOTE_AT.get(elector));
    }

    /** L4: the elector clears what a request has set outside of its lock. */
    @Test
    void aVoteThatIsHeldTellsTheElectorAgain() throws Exception {
        PrivateField<Boolean> isToRaise = PrivateField.of(DLedgerLeaderElector.class, "needIncreaseTermImmediately", boolean.class);
        int most = 0;
        // Where this machine stalls for longer than a vote is held, there is no time to tell it again.
        for (long term = 5; term < 200 && most < 2; term += 20) {
            inTerm(term);
            watch.processRequest(of(connection()), vote(Raft.GROUP, "n1", "n0", term + 9));
            int told = -1;
            while (Raft.within(300, () -> isToRaise.get(server.getDLedgerLeaderElector()))) {
                isToRaise.set(server.getDLedgerLeaderElector(), false);
                told++;
            }
            most = Math.max(most, told);
        }
        assertTrue(most >= 2, "once when it is not held any longer, and before");
    }

    /** L3: ElectionBackoff may set both bounds between the elector's two reads. */
    @Test
    void boundsThatDoNotFitTogetherAreNoTurn() {
        assertEquals(0, new FastFailover.TurnRandom().nextInt(-140));
        assertEquals(0, new FastFailover.TurnRandom().nextInt(1));
    }
}
