package io.hotfire.simulation.dledger;

import io.hotfire.simulation.world.World;
import io.openmessaging.storage.dledger.AppendFuture;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.protocol.AppendEntryRequest;
import io.openmessaging.storage.dledger.protocol.AppendEntryResponse;
import io.openmessaging.storage.dledger.protocol.BatchAppendEntryRequest;
import io.openmessaging.storage.dledger.protocol.DLedgerResponseCode;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * DLedgerController's RoleChangeHandler and EventScheduler. The one takes changes of the role in order, each once the one before is done: a leader appends an entry without
 * a body, again and again until one has been answered or it leads no more. Then the other takes one request after another, each once the one before has been
 * answered or 5 s have passed. Of an answer no more is looked at than there: whether the entry has a position.
 */
final class Scheduling {
    private static final long PATIENCE_NS = 5_000_000_000L;
    private static final long LOOK_MS = 1;
    private static final CompletableFuture<AppendEntryResponse> NONE = CompletableFuture.completedFuture(null);

    private final World world;
    private final Member member;
    private final BiConsumer<AppendEntryResponse, byte[]> onAcknowledged;
    private final Queue<MemberState.Role> changes = new ArrayDeque<>();
    private boolean isChanging;
    private boolean isStarted;
    private CompletableFuture<AppendEntryResponse> opening = NONE;
    private long openingSince;
    private CompletableFuture<AppendEntryResponse> event = NONE;
    private long eventSince;

    Scheduling(World world, Member member, BiConsumer<AppendEntryResponse, byte[]> onAcknowledged) {
        this.world = world;
        this.member = member;
        this.onAcknowledged = onAcknowledged;
    }

    void becomes(MemberState.Role role) {
        changes.add(role);
        if (!isChanging) {
            isChanging = true;
            soon(this::change);
        }
    }

    private void change() {
        MemberState.Role role = changes.poll();
        isChanging = role != null;
        if (role == MemberState.Role.LEADER) {
            open();
        } else if (role != null) {
            // The thread that waits for an event's answer is interrupted.
            isStarted = false;
            event = NONE;
            soon(this::change);
        }
    }

    private void open() {
        AppendEntryRequest request = new AppendEntryRequest();
        request.setBody(new byte[0]);
        openingSince = world.now();
        opening = append(request, new byte[0]);
        soon(this::awaitOpening);
    }

    private void awaitOpening() {
        boolean isOpen = opening.isDone() && isTaken(opening);
        if (isOpen) {
            isStarted = true;
            change();
        } else if (opening.isDone() || isOver(openingSince)) {
            soon(member.leads() ? this::open : this::change);
        } else {
            soon(this::awaitOpening);
        }
    }

    /** Of this process: one that is killed is gone with what it was about to do. */
    private void soon(Runnable action) {
        world.after(LOOK_MS, member.node(), action);
    }

    /** {@code decision} gives the events of one request, and is asked only if it is this one's turn. */
    void take(Supplier<List<byte[]>> decision) {
        if (!isStarted || !event.isDone() && !isOver(eventSince)) {
            return;
        }
        List<byte[]> events = decision.get();
        if (!events.isEmpty()) {
            BatchAppendEntryRequest request = new BatchAppendEntryRequest();
            request.setBatchMsgs(events);
            eventSince = world.now();
            event = append(request, events.get(events.size() - 1));
        }
    }

    private static boolean isTaken(CompletableFuture<AppendEntryResponse> answer) {
        return answer instanceof AppendFuture<?> future && future.getPos() != -1;
    }

    private boolean isOver(long since) {
        return world.now() - since > PATIENCE_NS;
    }

    private CompletableFuture<AppendEntryResponse> append(AppendEntryRequest request, byte[] last) {
        request.setGroup("broker-a");
        request.setRemoteId(member.toString());
        CompletableFuture<AppendEntryResponse> answer;
        try {
            answer = member.server().handleAppend(request);
        } catch (Exception e) {
            world.story().tell(member + " does not take an event: " + e);
            return NONE;
        }
        answer.thenAccept(response -> {
            if (response.getCode() == DLedgerResponseCode.SUCCESS.getCode() && !world.isDead()) {
                onAcknowledged.accept(response, last);
            }
        });
        return answer;
    }
}
