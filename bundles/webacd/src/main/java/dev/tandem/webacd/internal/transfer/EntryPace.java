package dev.tandem.webacd.internal.transfer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** How often an address may come in by entry links. Each node counts for itself: it guards this node. */
@Component(service = EntryPace.class)
public final class EntryPace {
    static final int MOST = 10;
    static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MOST_ADDRESSES = 10_000;

    private final Clock clock;
    private final Map<String, ArrayDeque<Instant>> came = new HashMap<>();

    @Activate
    public EntryPace(@Reference Clock clock) {
        this.clock = clock;
    }

    /** @throws ProblemException 429 {@code too-many-attempts} */
    synchronized void enter(String address) {
        var now = clock.instant();
        var since = now.minus(WINDOW);
        if (came.size() > MOST_ADDRESSES) {
            came.values().removeIf(times -> times.getLast().isBefore(since));
        }
        var times = came.computeIfAbsent(address, fresh -> new ArrayDeque<>());
        while (!times.isEmpty() && times.getFirst().isBefore(since)) {
            times.removeFirst();
        }
        if (times.size() >= MOST) {
            var free = Duration.between(now, times.getFirst().plus(WINDOW)).toSeconds() + 1;
            throw new ProblemException(new Problem(
                    429,
                    "too-many-attempts",
                    "This was asked for too often; try again later.",
                    Optional.empty(),
                    Optional.of(free)));
        }
        times.addLast(now);
    }
}
