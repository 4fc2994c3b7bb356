package io.hotfire.launcher.raft;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.hotfire.launcher.runtime.DaemonThreads;
import io.netty.channel.ChannelHandlerContext;
import io.openmessaging.storage.dledger.DLedgerRpcNettyService;
import io.openmessaging.storage.dledger.DLedgerRpcService;
import io.openmessaging.storage.dledger.protocol.VoteRequest;
import io.openmessaging.storage.dledger.protocol.VoteResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.remoting.netty.NettyRequestProcessor;
import org.apache.rocketmq.remoting.netty.ResponseFuture;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/**
 * How a member with an empty disk comes to vote: its own way to its peers as a candidate, and what it asks and answers besides. It asks all others, and is
 * - a founder of a new group, if each of them says that it has promised nothing and has nothing either, or that it has founded the group together with this very disk;
 * - filled, if each of them follows the same leader in the same term, most of them may vote themselves, and its log has reached the end that the leader has named.
 * Until then it asks for no votes and gives none ({@link DurableMember}), but follows, and copies. The argument is in docs/explanation/failover.md.
 */
final class Newcomer extends ForwardingRpcService implements NettyRequestProcessor {
    /** No code of RocketMQ's or DLedger's. */
    static final int REQUEST_CODE = 31_002;
    private static final long ASK_EVERY_MS = 50;
    private static final long ANSWER_MS = 1000;
    /** After so many rounds the log says what is waited for. */
    private static final int SAID_AFTER = 100;

    private final DLedgerRpcNettyService rpc;
    private final DurableMember member;
    private final CurrentTermStore entries;
    private final ScheduledExecutorService clock;
    /** By member: the disk that it has, if it is one of a new group as far as it knows. */
    private final Map<String, String> founders = new HashMap<>();
    private boolean isAsking;
    private int rounds;

    /** {@code peers} is the elector's way to them. */
    Newcomer(DLedgerRpcService peers, DLedgerRpcNettyService rpc, DurableMember member, CurrentTermStore entries) {
        super(peers);
        this.rpc = rpc;
        this.member = member;
        this.entries = entries;
        this.clock = member.mayVote() ? null : DaemonThreads.scheduler("HotfireNewcomer");
        ExecutorService answering = Executors.newSingleThreadExecutor(runnable -> {
            Thread thread = new Thread(runnable, "HotfireStanding");
            thread.setDaemon(true);
            return thread;
        });
        rpc.getRemotingServer().registerProcessor(REQUEST_CODE, this, answering);
    }

    /** {@code disk} is that of the asker, {@code isNew} says that it has promised nothing and has no entries. */
    record Question(String group, String from, String to, String disk, boolean isNew) {
        byte[] bytes() {
            return JSON.toJSONBytes(JSONObject.of("group", group, "from", from, "to", to, "disk", disk, "isNew", isNew));
        }

        static Question of(byte[] bytes) {
            JSONObject json = JSON.parseObject(bytes);
            return new Question(json.getString("group"), json.getString("from"), json.getString("to"), json.getString("disk"), json.getBooleanValue("isNew"));
        }
    }

    /** {@code with} is the asker's disk as this member knew it when it found the group new, {@code end} the index of its last entry, and {@code endTerm} that one's term. */
    record Answer(String disk, boolean isNew, boolean mayVote, String with, long term, String leader, long end, long endTerm) {
        byte[] bytes() {
            JSONObject json = JSONObject.of("disk", disk, "isNew", isNew, "mayVote", mayVote);
            json.putAll(JSONObject.of("with", with, "term", term, "leader", leader, "end", end, "endTerm", endTerm));
            return JSON.toJSONBytes(json);
        }

        static Answer of(byte[] bytes) {
            JSONObject json = JSON.parseObject(bytes);
            return new Answer(json.getString("disk"), json.getBooleanValue("isNew"), json.getBooleanValue("mayVote"), json.getString("with"),
                json.getLongValue("term"), json.getString("leader"), json.getLongValue("end"), json.getLongValue("endTerm"));
        }
    }

    /** The elector has begun: the server listens, and its client can be used. */
    @Override
    public CompletableFuture<VoteResponse> vote(VoteRequest request) throws Exception {
        if (member.mayVote()) {
            return super.vote(request);
        }
        begin();
        return CompletableFuture.completedFuture(new VoteResponse());
    }

    private synchronized void begin() {
        if (!isAsking) {
            isAsking = true;
            clock.execute(DaemonThreads.guarded("the question who has history", this::ask));
            clock.scheduleWithFixedDelay(DaemonThreads.guarded("the question who has history", this::ask), ASK_EVERY_MS, ASK_EVERY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void ask() {
        if (member.mayVote()) {
            clock.shutdown();
            return;
        }
        Round round = new Round(++rounds);
        for (String peer : member.getPeerMap().keySet()) {
            if (!peer.equals(member.getSelfId())) {
                ask(peer, round);
            }
        }
    }

    private void ask(String peer, Round round) {
        RemotingCommand request = RemotingCommand.createRequestCommand(REQUEST_CODE, null);
        request.setBody(new Question(member.getGroup(), member.getSelfId(), peer, member.disk(), isNew()).bytes());
        try {
            rpc.getRemotingClient().invokeAsync(member.getPeerAddr(peer), request, ANSWER_MS, future -> answered(peer, future, round));
        } catch (Exception e) {
            // It is not there; the next round asks again.
            round.isComplete = false;
        }
    }

    private void answered(String peer, ResponseFuture future, Round round) {
        RemotingCommand response = future.getResponseCommand();
        if (response == null || response.getCode() != ResponseCode.SUCCESS || response.getBody() == null) {
            return;
        }
        Answer answer = Answer.of(response.getBody());
        if (answer.isNew || member.disk().equals(answer.with)) {
            founds(peer, answer.disk);
        }
        round.hears(peer, answer);
    }

    /** Nothing that this member could have promised, with this disk or with one before it, has been used by {@code peer}. */
    private synchronized void founds(String peer, String disk) {
        founders.put(peer, disk);
        synchronized (member) {
            if (founders.size() == member.peerSize() - 1 && isNew()) {
                member.founds(founders);
            }
        }
    }

    private boolean isNew() {
        return member.hasPromisedNothing() && entries.getLedgerEndIndex() == -1;
    }

    /** The answers of one round: all of them are later than this process's start. */
    private final class Round {
        private final int number;
        private final Map<String, Answer> answers = new HashMap<>();
        private boolean isComplete = true;

        Round(int number) {
            this.number = number;
        }

        synchronized void hears(String peer, Answer answer) {
            answers.put(peer, answer);
            if (isComplete && answers.size() == member.peerSize() - 1) {
                fills();
            }
        }

        private void fills() {
            synchronized (member) {
                String leader = member.getLeaderId();
                long term = member.currTerm();
                Answer ofLeader = leader == null ? null : answers.get(leader);
                boolean isFollowed = ofLeader != null && answers.values().stream().allMatch(one -> one.term == term && leader.equals(one.leader));
                long voters = answers.values().stream().filter(Answer::mayVote).count();
                if (isFollowed && member.isQuorum((int) voters) && entries.getLedgerEndIndex() >= ofLeader.end && entries.termOf(ofLeader.end) == ofLeader.endTerm) {
                    member.isFilled(ofLeader.end);
                }
            }
            if (number == SAID_AFTER && !member.mayVote()) {
                System.out.println("hotfire: this member's disk was empty: it does not vote before all others follow one leader and its log has reached that one's: " + answers);
            }
        }
    }

    @Override
    public RemotingCommand processRequest(ChannelHandlerContext context, RemotingCommand request) {
        Question question = Question.of(request.getBody());
        boolean isOurs = member.getGroup().equals(question.group) && member.getSelfId().equals(question.to) && member.isPeerMember(question.from);
        RemotingCommand response = RemotingCommand.createResponseCommand(isOurs ? ResponseCode.SUCCESS : ResponseCode.NO_PERMISSION, null);
        if (isOurs) {
            if (question.isNew && !member.mayVote()) {
                founds(question.from, question.disk);
            }
            synchronized (member) {
                response.setBody(new Answer(member.disk(), isNew(), member.mayVote(), member.foundedWith(question.from), member.currTerm(), member.getLeaderId(),
                    member.getLedgerEndIndex(), member.getLedgerEndTerm()).bytes());
            }
        }
        return response;
    }

    @Override
    public boolean rejectRequest() {
        return false;
    }
}
