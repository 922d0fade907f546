package dev.tandem.screen.internal;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

import dev.tandem.screen.ScreenSharing.Counters;

/** Counters of one session, which count for the node too, or of the node. */
final class Tally {
    private final Optional<Tally> whole;
    private final LongAdder received = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder relayed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder keysAsked = new LongAdder();

    Tally() {
        this.whole = Optional.empty();
    }

    private Tally(Tally whole) {
        this.whole = Optional.of(whole);
    }

    /** Counters of a part of this. */
    Tally part() {
        return new Tally(this);
    }

    void received(int bytes) {
        received.increment();
        receivedBytes.add(bytes);
        if (whole.isPresent()) {
            whole.get().received(bytes);
        }
    }

    void refused() {
        refused.increment();
        whole.ifPresent(Tally::refused);
    }

    void relayed() {
        relayed.increment();
        whole.ifPresent(Tally::relayed);
    }

    void dropped() {
        dropped.increment();
        whole.ifPresent(Tally::dropped);
    }

    void keyAsked() {
        keysAsked.increment();
        whole.ifPresent(Tally::keyAsked);
    }

    Counters counters() {
        return new Counters(
                received.sum(), receivedBytes.sum(), refused.sum(), relayed.sum(), dropped.sum(), keysAsked.sum());
    }
}
