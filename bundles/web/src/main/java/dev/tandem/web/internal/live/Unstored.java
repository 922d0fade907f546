package dev.tandem.web.internal.live;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Number and bell of a topic that always tells all there is now, and of which nothing is stored. */
public final class Unstored {
    private final String topic;
    private final Clock clock;
    private final AtomicLong number = new AtomicLong();
    private volatile Consumer<String> ring = ignored -> {};

    public Unstored(String topic, Clock clock) {
        this.topic = topic;
        this.clock = clock;
        changed();
    }

    /** Who is told of changes. */
    public void onChange(Consumer<String> newRing) {
        ring = newRing;
    }

    /** Numbers ascend over restarts too, by the clock. */
    public void changed() {
        number.updateAndGet(before -> Math.max(before + 1, clock.millis()));
        ring.accept(topic);
    }

    /** To be read before the state: what changes in between is delivered once more, never missed. */
    public long number() {
        return number.get();
    }
}
