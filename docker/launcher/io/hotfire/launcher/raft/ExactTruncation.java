package io.hotfire.launcher.raft;

import io.openmessaging.storage.dledger.DLedgerRpcService;
import io.openmessaging.storage.dledger.entry.DLedgerEntry;
import io.openmessaging.storage.dledger.protocol.DLedgerResponseCode;
import io.openmessaging.storage.dledger.protocol.PushEntryRequest;
import io.openmessaging.storage.dledger.protocol.PushEntryResponse;
import io.openmessaging.storage.dledger.store.DLedgerStore;
import java.util.concurrent.CompletableFuture;

/**
 * A leader's way to a follower that cuts off only what its own log does not have. DLedgerEntryPusher.EntryDispatcher compares one entry, and where the follower has that one and more, cuts
 * all behind it, whether it differs or not. The place may be far too early: that of an earlier lead (changeState leaves compareIndex as it was unless the dispatcher was
 * appending), or one at which the follower's log ended a moment ago. Entries that the follower had acknowledged, and that a majority had only with it, are then on fewer until they
 * have been sent again, and who is elected in that moment does not have them. So the end of what both have is looked for first: an entry that both have at the same index
 * and of the same term has the same ones before it. Afterwards the leader compares once more.
 */
final class ExactTruncation extends ForwardingRpcService {
    private final DLedgerStore entries;

    ExactTruncation(DLedgerRpcService peers, DLedgerStore entries) {
        super(peers);
        this.entries = entries;
    }

    @Override
    public CompletableFuture<PushEntryResponse> push(PushEntryRequest request) throws Exception {
        return request.getType() == PushEntryRequest.Type.TRUNCATE ? cut(request) : super.push(request);
    }

    private CompletableFuture<PushEntryResponse> cut(PushEntryRequest request) {
        long from = request.getEntry().getIndex();
        return ask(request, PushEntryRequest.Type.COMPARE, from).thenCompose(answer -> {
            long last = Math.min(answer.getEndIndex(), entries.getLedgerEndIndex());
            if (answer.getCode() != DLedgerResponseCode.SUCCESS.getCode() || last <= from) {
                // Nothing in common, or nothing to lose: as DLedger means it.
                return ask(request, PushEntryRequest.Type.TRUNCATE, from);
            }
            return ask(request, PushEntryRequest.Type.COMPARE, last).thenCompose(end -> isSame(end) ? keep(request, last, answer.getEndIndex())
                : search(request, from, last, answer.getEndIndex()));
        });
    }

    /** Both have the entry {@code same}, and not that of {@code other}. */
    private CompletableFuture<PushEntryResponse> search(PushEntryRequest request, long same, long other, long end) {
        if (other - same <= 1) {
            return keep(request, same, end);
        }
        long middle = same + (other - same) / 2;
        return ask(request, PushEntryRequest.Type.COMPARE, middle)
            .thenCompose(answer -> isSame(answer) ? search(request, middle, other, end) : search(request, same, middle, end));
    }

    private CompletableFuture<PushEntryResponse> keep(PushEntryRequest request, long last, long end) {
        if (last == request.getEntry().getIndex()) {
            return ask(request, PushEntryRequest.Type.TRUNCATE, last);
        }
        CompletableFuture<PushEntryResponse> done = last < end ? ask(request, PushEntryRequest.Type.TRUNCATE, last) : ask(request, PushEntryRequest.Type.COMPARE, last);
        return done.thenApply(answer -> {
            // The dispatcher would go on behind its own place, entry by entry.
            answer.setCode(DLedgerResponseCode.INCONSISTENT_STATE.getCode());
            return answer;
        });
    }

    private static boolean isSame(PushEntryResponse answer) {
        return answer.getCode() == DLedgerResponseCode.SUCCESS.getCode();
    }

    private CompletableFuture<PushEntryResponse> ask(PushEntryRequest like, PushEntryRequest.Type type, long index) {
        try {
            DLedgerEntry entry = entries.get(index);
            PushEntryRequest request = new PushEntryRequest();
            request.setGroup(like.getGroup());
            request.setLocalId(like.getLocalId());
            request.setRemoteId(like.getRemoteId());
            request.setLeaderId(like.getLeaderId());
            request.setTerm(like.getTerm());
            request.setCommitIndex(like.getCommitIndex());
            request.setType(type);
            request.setEntry(entry);
            return super.push(request);
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
