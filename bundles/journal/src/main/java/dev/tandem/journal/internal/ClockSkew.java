package dev.tandem.journal.internal;

import java.time.Duration;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How far the system clock is from the time that the nodes agree on. Nothing here goes by the system clock; people do. */
@Component(service = ClockSkew.class)
public final class ClockSkew {
    private final SystemClock clock;

    @Activate
    public ClockSkew(@Reference SystemClock clock) {
        this.clock = clock;
    }

    /** By how much the system clock is fast; negative if it is slow. Nothing on SQLite, and before the first beat. */
    public Duration now() {
        var right = clock.instant();
        return clock.follows() ? Duration.between(right, clock.system()) : Duration.ZERO;
    }
}
