package dev.tandem.screen.internal;

import java.util.concurrent.atomic.LongAdder;

import dev.tandem.screen.ScreenSharing.Counters;

/** The node's counters. */
final class Tally {
    final LongAdder received = new LongAdder();
    final LongAdder receivedBytes = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder relayed = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder keysAsked = new LongAdder();

    Counters counters() {
        return new Counters(
                received.sum(), receivedBytes.sum(), refused.sum(), relayed.sum(), dropped.sum(), keysAsked.sum());
    }
}
