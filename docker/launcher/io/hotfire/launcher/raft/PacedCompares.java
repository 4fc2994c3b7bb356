package io.hotfire.launcher.raft;

import io.hotfire.launcher.runtime.DaemonThreads;
import io.openmessaging.storage.dledger.DLedgerRpcService;
import io.openmessaging.storage.dledger.protocol.DLedgerResponseCode;
import io.openmessaging.storage.dledger.protocol.PushEntryRequest;
import io.openmessaging.storage.dledger.protocol.PushEntryResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A leader's way to followers that take nothing. One whose disk is full answers each entry with INCONSISTENT_STATE (DLedgerEntryPusher.EntryHandler.handleDoAppend makes that of
 * every failure). Its leader compares logs, finds them alike, sends the entry again, and so on without a pause: a thousand times a second, with a core, and as
 * many lines and stack traces in both logs. Here the next comparison waits a little longer each time that the follower has refused an entry and its log has not
 * grown since the comparison before; one that has grown is compared at once, as is any follower in a new term.
 */
final class PacedCompares extends ForwardingRpcService {
    private static final long FIRST_PAUSE_MS = 5;
    /** DLedger's own, after an error in the dispatcher (EntryDispatcher.doWork); it waits for 3 s for an answer. A follower that has room again goes on after so long. */
    private static final long LONGEST_PAUSE_MS = 500;
    /** FIRST_PAUSE_MS doubled so often is more than the longest. */
    private static final int MOST_DOUBLINGS = 7;

    private final ScheduledExecutorService clock = DaemonThreads.scheduler("HotfirePace");
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();

    PacedCompares(DLedgerRpcService peers) {
        super(peers);
    }

    @Override
    public CompletableFuture<PushEntryResponse> push(PushEntryRequest request) throws Exception {
        Pace pace = paces.computeIfAbsent(request.getRemoteId(), peer -> new Pace());
        return switch (request.getType()) {
            case COMPARE -> {
                long pauseMs = pace.pauseMs(request.getTerm());
                yield (pauseMs == 0 ? super.push(request) : pushIn(pauseMs, request)).whenComplete((response, failure) -> pace.compared(response));
            }
            case APPEND -> super.push(request).whenComplete((response, failure) -> pace.appended(response));
            default -> super.push(request);
        };
    }

    private CompletableFuture<PushEntryResponse> pushIn(long millis, PushEntryRequest request) {
        CompletableFuture<PushEntryResponse> answer = new CompletableFuture<>();
        clock.schedule(() -> {
            try {
                super.push(request).whenComplete((response, failure) -> {
                    if (failure == null) {
                        answer.complete(response);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        }, millis, TimeUnit.MILLISECONDS);
        return answer;
    }

    /** Of one follower. */
    private static final class Pace {
        private long term = -1;
        private long end = -1;
        private boolean hasRefused;
        private int times;

        synchronized long pauseMs(long ofTerm) {
            if (ofTerm != term) {
                term = ofTerm;
                times = 0;
                hasRefused = false;
            }
            return times == 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(times - 1, MOST_DOUBLINGS));
        }

        synchronized void appended(PushEntryResponse response) {
            hasRefused |= isInconsistent(response);
        }

        synchronized void compared(PushEntryResponse response) {
            if (response == null || response.getCode() != DLedgerResponseCode.SUCCESS.getCode() && !isInconsistent(response)) {
                return;
            }
            if (response.getEndIndex() != end) {
                times = 0;
            } else if (hasRefused) {
                times++;
            }
            end = response.getEndIndex();
            hasRefused = false;
        }

        private static boolean isInconsistent(PushEntryResponse response) {
            return response != null && response.getCode() == DLedgerResponseCode.INCONSISTENT_STATE.getCode();
        }
    }
}
