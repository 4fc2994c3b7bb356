package io.hotfire.launcher.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.dledger.DLedgerGroup;
import io.hotfire.launcher.internals.DLedgerInternals;
import io.hotfire.launcher.raft.Raft;
import io.hotfire.launcher.testkit.Ports;
import io.hotfire.launcher.testkit.RealBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.common.constant.PermName;
import org.apache.rocketmq.logging.ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a group of one says of itself. */
class BrokerConditionTest {
    @TempDir
    Path folder;
    private final AtomicLong nanos = new AtomicLong();
    private final OutOfMemoryErrors failures = new OutOfMemoryErrors(nanos::get);
    private BrokerController broker;
    private DLedgerGroup group;
    private BrokerCondition condition;

    @BeforeEach
    void start() throws Exception {
        broker = RealBroker.make(folder, "n0-127.0.0.1:" + Ports.free());
        group = RealBroker.load(broker, true);
        condition = new BrokerCondition(broker, group, failures, new ProblemFile(problemFile()));
        group.store().start();
        assertTrue(Raft.soon(() -> writes().equals("yes")));
    }

    @AfterEach
    void stop() {
        group.store().shutdown();
    }

    private Path problemFile() {
        return folder.resolve("problem");
    }

    private Map<String, String> info() {
        Map<String, String> info = new HashMap<>();
        condition.buildRuntimeInfo(info);
        return info;
    }

    private String writes() {
        return info().get("hotfireWrites");
    }

    @Test
    void aDeposedLeaderTakesNoWritesSinceThen() {
        assertEquals("0", info().get("hotfireWritesCeasedAt"), "it takes them");
        DLedgerInternals.NEXT_VOTE_AT.set(group.server().getDLedgerLeaderElector(), Long.MAX_VALUE);
        long before = System.currentTimeMillis();
        group.server().getDLedgerLeaderElector().changeRoleToCandidate(group.member().currTerm());
        assertEquals("candidate", writes());
        long ceasedAt = Long.parseLong(info().get("hotfireWritesCeasedAt"));
        assertTrue(ceasedAt >= before && ceasedAt <= System.currentTimeMillis());
        assertEquals(String.valueOf(ceasedAt), info().get("hotfireWritesCeasedAt"), "asked again");
    }

    @Test
    void whoLeadsAndRefusesSaysWhy() {
        group.store().getRunningFlags().getAndMakeDiskFull();
        assertEquals("disk-full", writes());
        group.store().getRunningFlags().getAndMakeDiskOK();
        assertEquals("yes", writes());
        broker.getBrokerConfig().setBrokerPermission(PermName.PERM_READ);
        assertEquals("read-only", writes());
    }

    @Test
    void withoutMemoryItIsSickAndGetsWellAgain() throws Exception {
        assertNull(info().get("hotfireProblem"));
        failures.look(new OutOfMemoryError("Cannot reserve"));
        assertEquals("out-of-memory", writes());
        String problem = "out of memory 1 times in 0 s, last 0 s ago: Cannot reserve";
        assertEquals(problem, info().get("hotfireProblem"));
        assertEquals(problem + "\n", Files.readString(problemFile()), "for who gets no answer");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(31));
        assertEquals("yes", writes());
        assertFalse(Files.exists(problemFile()));
    }

    @Test
    void directMemoryIsWithinItsLimit() {
        long used = Long.parseLong(info().get("hotfireDirectUsed"));
        long limit = Long.parseLong(info().get("hotfireDirectLimit"));
        assertTrue(used > 0 && used < limit, () -> used + " of " + limit);
    }

    /** As RocketMQ logs it: behind the values of the format, and as the cause of another one. */
    @Test
    void theFilterSeesWhatIsLogged() {
        Object[] arguments = {"T", new IllegalStateException(new OutOfMemoryError("Cannot reserve"))};
        new OutOfMemoryFilter().decide(null, null, Level.INFO, "put {}", arguments, null);
        assertTrue(OutOfMemoryErrors.OF_PROCESS.problem().endsWith("Cannot reserve"));
    }
}
