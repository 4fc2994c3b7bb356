package io.hotfire.launcher.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.replication.MetadataAnswers.Answer;
import io.hotfire.launcher.replication.MetadataAnswers.Patience;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whom a master waits for before it says that a topic is made. */
@Execution(ExecutionMode.CONCURRENT)
class MetadataAnswersTest {
    /** Longer than any machine stalls: what comes sooner was not waited for. */
    private static final int LONG_MS = 60_000;
    private static final int SHORT_MS = 500;

    private final AtomicReference<String> versions = new AtomicReference<>("1");

    private MetadataAnswers master(int holdMs, int goneMs, int waitMs) {
        return new MetadataAnswers(() -> true, versions::get, new Patience(holdMs, goneMs, waitMs));
    }

    private CompletableFuture<Void> change(MetadataAnswers master, String to) {
        versions.set(to);
        return CompletableFuture.runAsync(master::awaitSlaves, run -> new Thread(run).start());
    }

    private static CompletableFuture<Answer> asks(MetadataAnswers master, long copied, String has) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return master.answer("slave", copied, has);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, run -> new Thread(run).start());
    }

    private static <T> T soon(CompletableFuture<T> what) throws Exception {
        return what.get(LONG_MS / 2, TimeUnit.MILLISECONDS);
    }

    @Test
    void withoutASlaveItWaitsForNone() throws Exception {
        soon(change(master(LONG_MS, LONG_MS, LONG_MS), "2"));
    }

    @Test
    void aSlaveThatAsksIsAnsweredWhenSomethingChangesAndWaitedForUntilItHasIt() throws Exception {
        MetadataAnswers master = master(LONG_MS, LONG_MS, LONG_MS);
        Answer first = soon(asks(master, 0, null));
        assertEquals("1", first.versions());
        CompletableFuture<Answer> held = asks(master, first.number(), first.versions());
        Thread.sleep(100);
        assertFalse(held.isDone(), "it has everything");
        CompletableFuture<Void> change = change(master, "2");
        Answer second = soon(held);
        assertEquals("2", second.versions());
        Thread.sleep(100);
        assertFalse(change.isDone(), "it has been told, and may not have copied");
        asks(master, second.number(), second.versions());
        soon(change);
    }

    @Test
    void aChangeThatChangesNothingWaitsForNone() throws Exception {
        MetadataAnswers master = master(LONG_MS, LONG_MS, LONG_MS);
        Answer first = soon(asks(master, 0, null));
        CompletableFuture<Answer> held = asks(master, first.number(), first.versions());
        Thread.sleep(100);
        soon(change(master, "1"));
        assertFalse(held.isDone(), "the slave is not answered either");
    }

    @Test
    void aSlaveThatCopiesNothingIsNotWaitedForLongerThanAClientWaits() throws Exception {
        MetadataAnswers master = master(LONG_MS, LONG_MS, SHORT_MS);
        soon(asks(master, 0, null));
        soon(change(master, "2"));
    }

    @Test
    void norIsOneThatAsksNoMore() throws Exception {
        MetadataAnswers master = master(LONG_MS, SHORT_MS, LONG_MS);
        soon(asks(master, 0, null));
        soon(change(master, "2"));
    }

    @Test
    void aSlaveThatHasEverythingHearsSoAfterAWhile() throws Exception {
        MetadataAnswers master = master(SHORT_MS, LONG_MS, LONG_MS);
        Answer first = soon(asks(master, 0, null));
        Answer second = soon(asks(master, first.number(), first.versions()));
        assertEquals(first.versions(), second.versions());
        assertTrue(second.number() > first.number());
    }
}
