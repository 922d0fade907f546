package dev.tandem.session.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.Agent;

/**
 * How fast an agent may invite, so that nobody sends mail to the whole world in our name. Guards this node only; a session's
 * own bound holds on all.
 */
@Component(service = InvitationPace.class)
public final class InvitationPace {
    static final int MOST = 10;
    static final Duration WITHIN = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Deque<Instant>> lately = new HashMap<>();

    @Activate
    public InvitationPace(@Reference Clock clock) {
        this.clock = clock;
    }

    /** Counts one more; if it is one too many, how long to wait. */
    synchronized Optional<Duration> take(Agent agent) {
        var now = clock.instant();
        lately.values().forEach(times -> times.removeIf(at -> !at.plus(WITHIN).isAfter(now)));
        lately.values().removeIf(Deque::isEmpty);
        var mine = lately.computeIfAbsent(agent.site() + "/" + agent.id(), any -> new ArrayDeque<>());
        if (mine.size() >= MOST) {
            return Optional.of(Duration.between(now, mine.getFirst().plus(WITHIN)));
        }
        mine.addLast(now);
        return Optional.empty();
    }
}
