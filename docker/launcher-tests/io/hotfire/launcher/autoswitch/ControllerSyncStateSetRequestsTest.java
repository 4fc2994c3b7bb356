package io.hotfire.launcher.autoswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.body.SyncStateSet;
import org.junit.jupiter.api.Test;

/** What a master asks the controllers for: in place of ReplicasManager's sending, with its hook before and after. */
class ControllerSyncStateSetRequestsTest {
    private final ControllerSyncStateSetRequests requests = new ControllerSyncStateSetRequests(null);
    private final SyncStateSetRequests.Basis known = new SyncStateSetRequests.Basis(Set.of(1L), 4);

    private static RemotingCommand request(Set<Long> set, int epoch) {
        RemotingCommand request = RemotingCommand.createRequestCommand(RequestCode.CONTROLLER_ALTER_SYNC_STATE_SET, null);
        request.setBody(new SyncStateSet(set, epoch).encode());
        return request;
    }

    /** {@code code} of the answer; null for none. */
    private SyncStateSetRequests.Outcome sent(int epoch, Integer code) {
        requests.through(set -> {
            RemotingCommand request = request(set, epoch);
            requests.doBeforeRequest("controller", request);
            if (code != null) {
                requests.doAfterResponse("controller", request, RemotingCommand.createResponseCommand(code, null));
            }
        });
        return requests.send(Set.of(1L, 2L), known);
    }

    @Test
    void aSetOfTheEpochThatItWasMadeOfIsSent() {
        assertEquals(SyncStateSetRequests.Outcome.TAKEN, sent(4, ResponseCode.SUCCESS));
    }

    @Test
    void aSetThatWasMadeOfAnOlderOneIsNotSent() {
        assertThrows(IllegalStateException.class, () -> sent(5, ResponseCode.SUCCESS), "the epoch has moved on while it was made");
    }

    @Test
    void whatNobodyHereAskedForIsNotSent() {
        assertThrows(IllegalStateException.class, () -> requests.doBeforeRequest("controller", request(Set.of(1L, 3L), 4)));
    }

    @Test
    void aRequestWithoutAnAnswerMayHaveBeenTaken() {
        assertEquals(SyncStateSetRequests.Outcome.UNKNOWN, sent(4, null));
    }

    @Test
    void aRefusalChangesNothing() {
        assertEquals(SyncStateSetRequests.Outcome.REFUSED, sent(4, ResponseCode.CONTROLLER_FENCED_SYNC_STATE_SET_EPOCH));
    }

    @Test
    void anAnswerThatDoesNotSayIsNoRefusal() {
        assertEquals(SyncStateSetRequests.Outcome.UNKNOWN, sent(4, ResponseCode.SYSTEM_ERROR));
    }
}
