package dev.tandem.webacd.internal.config;

import org.junit.Test;

import dev.tandem.journal.testing.GoldenEvents;

public class RoutingGoldenTest {
    @Test
    public void everyReleasedShapeIsRead() {
        GoldenEvents.check(RoutingFact.TYPES);
    }
}
