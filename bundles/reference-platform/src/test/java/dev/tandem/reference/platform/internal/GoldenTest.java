package dev.tandem.reference.platform.internal;

import org.junit.Test;

import dev.tandem.journal.testing.GoldenEvents;

public class GoldenTest {
    @Test
    public void everyReleasedShapeOfAnInteractionIsRead() {
        GoldenEvents.check(InteractionEvent.TYPES);
    }

    @Test
    public void everyReleasedShapeOfAPresenceIsRead() {
        GoldenEvents.check(PresenceEvent.TYPES);
    }
}
