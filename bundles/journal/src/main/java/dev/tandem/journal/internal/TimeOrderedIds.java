package dev.tandem.journal.internal;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Ids;

/** UUIDv7: 48 bits of milliseconds and 12 bits of a counter that together only grow, then 62 random bits. */
@Component
public final class TimeOrderedIds implements Ids {
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong last = new AtomicLong();

    @Activate
    public TimeOrderedIds(@Reference Clock clock) {
        this.clock = clock;
    }

    @Override
    public UUID next() {
        // When the clock stands still or goes back the counter runs on, into the milliseconds if need be.
        var tick = last.updateAndGet(before -> Math.max(before + 1, clock.millis() << 12));
        var high = (tick & ~0xfffL) << 4 | 0x7000L | tick & 0xfffL;
        return new UUID(high, random.nextLong() >>> 2 | 0x8000_0000_0000_0000L);
    }
}
