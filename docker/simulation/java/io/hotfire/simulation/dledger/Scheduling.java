package io.hotfire.simulation.dledger;

import io.hotfire.simulation.world.World;
import io.openmessaging.storage.dledger.AppendFuture;
import io.openmessaging.storage.dledger.protocol.AppendEntryRequest;
import io.openmessaging.storage.dledger.protocol.AppendEntryResponse;
import io.openmessaging.storage.dledger.protocol.BatchAppendEntryRequest;
import io.openmessaging.storage.dledger.protocol.DLedgerResponseCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * DLedgerController's RoleChangeHandler and EventScheduler: a leader appends an entry without a body, and when that has been answered takes one request after another, each
 * once the one before has been answered or 5 s have passed. Of an answer no more is looked at than there: whether the entry has a position.
 */
final class Scheduling {
    private static final long PATIENCE_NS = 5_000_000_000L;
    private static final long AGAIN_MS = 5;

    private final World world;
    private final Member member;
    private final BiConsumer<AppendEntryResponse, byte[]> onAcknowledged;
    private boolean isStarted;
    private CompletableFuture<AppendEntryResponse> pending = CompletableFuture.completedFuture(null);
    private long pendingSince;

    Scheduling(World world, Member member, BiConsumer<AppendEntryResponse, byte[]> onAcknowledged) {
        this.world = world;
        this.member = member;
        this.onAcknowledged = onAcknowledged;
    }

    void stop() {
        isStarted = false;
    }

    void begin() {
        isStarted = false;
        openTerm();
    }

    private void openTerm() {
        if (!member.leads() || isStarted) {
            return;
        }
        if (isFree()) {
            AppendEntryRequest request = new AppendEntryRequest();
            request.setBody(new byte[0]);
            append(request, new byte[0]);
            pending.thenRun(() -> isStarted = member.leads() && isTaken());
        }
        world.after(AGAIN_MS, null, () -> world.as(member.node(), this::openTerm));
    }

    /** {@code decision} gives the events of one request, and is asked only if it is this one's turn. */
    void take(Supplier<List<byte[]>> decision) {
        if (!isStarted || !isFree()) {
            return;
        }
        List<byte[]> events = decision.get();
        if (!events.isEmpty()) {
            BatchAppendEntryRequest request = new BatchAppendEntryRequest();
            request.setBatchMsgs(events);
            append(request, events.get(events.size() - 1));
        }
    }

    private boolean isTaken() {
        return pending instanceof AppendFuture<?> answer && answer.getPos() != -1;
    }

    private boolean isFree() {
        return pending.isDone() || world.now() - pendingSince > PATIENCE_NS;
    }

    private void append(AppendEntryRequest request, byte[] last) {
        request.setGroup("broker-a");
        request.setRemoteId(member.toString());
        pendingSince = world.now();
        try {
            pending = member.server().handleAppend(request);
        } catch (Exception e) {
            world.story().tell(member + " does not take an event: " + e);
            return;
        }
        pending.thenAccept(response -> {
            if (response.getCode() == DLedgerResponseCode.SUCCESS.getCode() && !world.isDead()) {
                onAcknowledged.accept(response, last);
            }
        });
    }
}
