package io.hotfire.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.ConfigurationAnswers.Answer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whom a master waits for before it says that a topic is made. */
@Execution(ExecutionMode.CONCURRENT)
class ConfigurationAnswersTest {
    private final AtomicReference<String> versions = new AtomicReference<>("1");
    private final ConfigurationAnswers master = new ConfigurationAnswers(() -> true, versions::get);

    private CompletableFuture<Void> change(String to) {
        versions.set(to);
        return CompletableFuture.runAsync(master::awaitSlaves, run -> new Thread(run).start());
    }

    private CompletableFuture<Answer> asks(long copied, String has) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return master.answer("slave", copied, has);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, run -> new Thread(run).start());
    }

    @Test
    void withoutASlaveItWaitsForNone() throws Exception {
        change("2").get(1, TimeUnit.SECONDS);
    }

    @Test
    void aSlaveThatAsksIsAnsweredWhenSomethingChangesAndWaitedForUntilItHasIt() throws Exception {
        Answer first = asks(0, null).get(5, TimeUnit.SECONDS);
        assertEquals("1", first.versions());
        CompletableFuture<Answer> held = asks(first.number(), first.versions());
        Thread.sleep(100);
        assertFalse(held.isDone(), "it has everything");
        CompletableFuture<Void> change = change("2");
        Answer second = held.get(5, TimeUnit.SECONDS);
        assertEquals("2", second.versions());
        Thread.sleep(100);
        assertFalse(change.isDone(), "it has been told, and may not have copied");
        asks(second.number(), second.versions());
        change.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aChangeThatChangesNothingWaitsForNone() throws Exception {
        Answer first = asks(0, null).get(5, TimeUnit.SECONDS);
        CompletableFuture<Answer> held = asks(first.number(), first.versions());
        Thread.sleep(100);
        CompletableFuture<Void> change = change("1");
        CompletableFuture.anyOf(change, held).get(5, TimeUnit.SECONDS);
        assertTrue(change.isDone(), "sooner than the slave is answered");
    }

    @Test
    void aSlaveThatAsksNoMoreIsNotWaitedForLongerThanAClientWaits() throws Exception {
        asks(0, null).get(5, TimeUnit.SECONDS);
        long began = System.nanoTime();
        change("2").get(5, TimeUnit.SECONDS);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertTrue(took < 4_000, () -> "it waited for " + took + " ms");
        change("3").get(1, TimeUnit.SECONDS);
    }

    @Test
    void aSlaveThatHasEverythingHearsSoAfterAWhile() throws Exception {
        Answer first = asks(0, null).get(5, TimeUnit.SECONDS);
        Answer second = asks(first.number(), first.versions()).get(5, TimeUnit.SECONDS);
        assertEquals(first.versions(), second.versions());
        assertTrue(second.number() > first.number());
    }
}
