package io.hotfire.launcher.raft;

import io.openmessaging.storage.dledger.DLedgerRpcService;
import io.openmessaging.storage.dledger.protocol.DLedgerResponseCode;
import io.openmessaging.storage.dledger.protocol.LeadershipTransferRequest;
import io.openmessaging.storage.dledger.protocol.LeadershipTransferResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A hand-over that ends, also when the successor does not answer. A leader that has asked another member to take over refuses all appends until it has heard of it, and
 * DLedgerRpcNettyService.leadershipTransfer fails in its own callback when nothing comes within 3 s: the leader goes on leading, and takes no message any more.
 */
final class TransferTimeout extends ForwardingRpcService {
    /** DLedgerRpcNettyService's own limit for the answer, and a little for its way back. */
    private static final long LONGEST_MS = 3500;

    TransferTimeout(DLedgerRpcService peers) {
        super(peers);
    }

    @Override
    public CompletableFuture<LeadershipTransferResponse> leadershipTransfer(LeadershipTransferRequest request) throws Exception {
        LeadershipTransferResponse nothing = new LeadershipTransferResponse();
        nothing.copyBaseInfo(request);
        nothing.setCode(DLedgerResponseCode.NETWORK_ERROR.getCode());
        return super.leadershipTransfer(request).completeOnTimeout(nothing, LONGEST_MS, TimeUnit.MILLISECONDS);
    }
}
