package io.hotfire.launcher.internals;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.configuration.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of reviewed classes against RocketMQ's jars, and refusals by name. */
class ReviewedClassesTest {
    private static final ReviewedClasses.Entry OTHER = new ReviewedClasses.Entry("00", "dledger", "io.openmessaging.storage.dledger.MemberState");

    private record Sample(long term) {
    }

    @Test
    void theImagesJarsAreTheReviewedOnes() {
        assertDoesNotThrow(() -> ReviewedClasses.checkBroker(true, true, Map.of()));
        assertDoesNotThrow(() -> ReviewedClasses.checkController(Map.of()));
        for (ReviewedClasses.Entry entry : ReviewedClasses.list()) {
            assertEquals(entry.sha256(), ReviewedClasses.sha256(entry.name()), entry.name());
        }
        assertEquals(Set.of("dledger", "controller-mode", "controller"), ReviewedClasses.list().stream().map(ReviewedClasses.Entry::part).collect(Collectors.toSet()));
    }

    @Test
    void anotherClassIsRefusedByName() {
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> ReviewedClasses.check(List.of(OTHER), Map.of()));
        assertTrue(refusal.getMessage().contains("io.openmessaging.storage.dledger.MemberState"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("HOTFIRE_UNREVIEWED_CLASSES=true"), refusal.getMessage());
    }

    @Test
    void anotherClassPassesOnPurpose() {
        assertDoesNotThrow(() -> ReviewedClasses.check(List.of(OTHER), Map.of("HOTFIRE_UNREVIEWED_CLASSES", "true")));
    }

    @Test
    void everythingThatIsMissingIsNamedAtOnce() {
        PrivateMembers members = new PrivateMembers();
        members.field(String.class, "nothing", int.class);
        members.field(Sample.class, "term", String.class);
        members.method(String.class, "nor");
        ConfigurationException refusal = assertThrows(ConfigurationException.class, members::check);
        assertTrue(refusal.getMessage().endsWith("there is no String.nothing; Sample.term is a long, no String; there is no String.nor()"),
            refusal.getMessage());
    }
}
