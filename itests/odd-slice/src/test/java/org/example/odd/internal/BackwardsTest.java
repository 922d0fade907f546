package org.example.odd.internal;

import static org.junit.Assert.assertEquals;

import java.util.List;

import org.junit.Test;

import dev.tandem.webacd.RoutingStrategyContract;

public class BackwardsTest {
    @Test
    public void itKeepsWhatAStrategyHasToKeep() {
        assertEquals(List.of(), RoutingStrategyContract.violations(new Backwards()));
    }
}
