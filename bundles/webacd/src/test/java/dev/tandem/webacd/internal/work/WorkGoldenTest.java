package dev.tandem.webacd.internal.work;

import org.junit.Test;

import dev.tandem.journal.testing.GoldenEvents;

public class WorkGoldenTest {
    @Test
    public void everyReleasedShapeIsRead() {
        GoldenEvents.check(WorkFact.TYPES);
    }
}
