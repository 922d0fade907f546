package dev.tandem.web.internal.live;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Number and bell of a topic that always tells all there is now, and of which nothing is stored. */
public final class Unstored {
    /** A number further ahead of our clock than this comes from no node, but from somebody who makes numbers up. */
    private static final Duration MOST_AHEAD = Duration.ofDays(1);

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

    /**
     * To be read before the state: what changes in between is delivered once more, never missed.
     *
     * @param seen the number that the page has seen. If another node gave it and it is higher than ours, ours goes past it
     */
    public long number(long seen) {
        long now = number.get();
        boolean likely = seen - MOST_AHEAD.toMillis() <= clock.millis();
        return seen <= now || !likely ? now : number.accumulateAndGet(seen + 1, Math::max);
    }
}
