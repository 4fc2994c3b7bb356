package io.hotfire.simulation.dledger;

import com.alibaba.fastjson.JSON;
import io.hotfire.simulation.net.Network;
import io.hotfire.simulation.plan.Invariant;
import io.hotfire.simulation.world.World;
import io.openmessaging.storage.dledger.protocol.DLedgerRequestCode;
import io.openmessaging.storage.dledger.protocol.HeartBeatRequest;
import io.openmessaging.storage.dledger.protocol.RequestOrResponse;
import io.openmessaging.storage.dledger.protocol.VoteRequest;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** A member of another group, or one that takes this member for another: addresses change hands when containers restart. */
final class Foreigner {
    private final World world;
    private final Network network;
    private final Checks checks;

    Foreigner(World world, Network network, Checks checks) {
        this.world = world;
        this.network = network;
        this.checks = checks;
    }

    void asks(Member member, int how) {
        boolean isVote = (how & 1) == 0;
        boolean isOtherGroup = (how & 2) == 0;
        String from = member.toString().equals("n1") ? "n2" : "n1";
        String group = isOtherGroup ? "broker-b" : "broker-a";
        String to = isOtherGroup ? member.toString() : "n7";
        long term = member.state().currTerm() + (isVote ? 3 : 0);
        RemotingCommand request = isVote ? vote(member, term, group, from, to) : heartBeat(term, group, from, to);
        String before = stateOf(member);
        world.as(member.node(), () -> network.inject(member.node().id(), request));
        if (!before.equals(stateOf(member))) {
            checks.found(Invariant.FOREIGN_CHANGES_NOTHING, "asked for a " + (isVote ? "vote" : "heartbeat") + " of group " + group + " that is for " + to
                + ", " + member + " turned from " + before + " into " + stateOf(member));
        }
    }

    private static String stateOf(Member member) {
        return member.state().getRole() + " of term " + member.state().currTerm() + ", vote " + member.state().currVoteFor();
    }

    private static RemotingCommand vote(Member member, long term, String group, String from, String to) {
        VoteRequest vote = new VoteRequest();
        vote.setTerm(term);
        vote.setLedgerEndIndex(member.state().getLedgerEndIndex() + 5);
        vote.setLedgerEndTerm(member.state().getLedgerEndTerm());
        return command(DLedgerRequestCode.VOTE, vote, group, from, to);
    }

    private static RemotingCommand heartBeat(long term, String group, String from, String to) {
        HeartBeatRequest beat = new HeartBeatRequest();
        beat.setTerm(term + 1);
        return command(DLedgerRequestCode.HEART_BEAT, beat, group, from, to);
    }

    private static RemotingCommand command(DLedgerRequestCode code, RequestOrResponse request, String group, String from, String to) {
        request.setGroup(group);
        request.setLeaderId(from);
        request.setLocalId(from);
        request.setRemoteId(to);
        RemotingCommand command = RemotingCommand.createRequestCommand(code.getCode(), null);
        command.setBody(JSON.toJSONBytes(request));
        return command;
    }
}
