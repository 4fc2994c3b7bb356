package io.hotfire.launcher.raft;

import io.openmessaging.storage.dledger.DLedgerRpcService;
import io.openmessaging.storage.dledger.protocol.DLedgerResponseCode;
import io.openmessaging.storage.dledger.protocol.PushEntryRequest;
import io.openmessaging.storage.dledger.protocol.PushEntryResponse;
import java.util.concurrent.CompletableFuture;

/**
 * Entries whose way to a follower broke. DLedgerEntryPusher logs the failure and sends on; the follower cannot use what comes behind a gap, the leader
 * fills one place a second (doCheckAppendResponse), and what the follower has had since then is asked for one by one (REPEATED_PUSH): a follower
 * that has missed a hundred entries is a minute behind while nothing new is sent. A failed push counts as the answer "inconsistent" here, after
 * which the leader compares logs and goes on from where the follower's ends.
 */
final class LostPushes extends ForwardingRpcService {
    LostPushes(DLedgerRpcService peers) {
        super(peers);
    }

    @Override
    public CompletableFuture<PushEntryResponse> push(PushEntryRequest request) throws Exception {
        if (request.getType() != PushEntryRequest.Type.APPEND) {
            return super.push(request);
        }
        return super.push(request).thenApply(response -> {
            if (response.getCode() == DLedgerResponseCode.NETWORK_ERROR.getCode()) {
                response.setCode(DLedgerResponseCode.INCONSISTENT_STATE.getCode());
            }
            return response;
        });
    }
}
