package dev.tandem.chat.internal;

import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.tandem.session.ParticipantId;
import dev.tandem.web.Pace;

/**
 * How fast a participant may talk: ten messages at once, then ten a second. In memory, since it guards this node against
 * a runaway page and nothing else.
 */
public final class TalkPace {
    private static final int AT_ONCE = 10;
    private static final int PER_SECOND = 10;
    private static final int MANY = 1_000;

    private final Clock clock;
    /** Each is asked under the lock of its entry only. */
    private final ConcurrentHashMap<ParticipantId, Pace> paces = new ConcurrentHashMap<>();

    public TalkPace(Clock clock) {
        this.clock = clock;
    }

    /** Takes one message from what the participant may say now; false if that is used up. */
    public boolean take(ParticipantId who) {
        var now = clock.instant();
        if (paces.size() > MANY) {
            paces.keySet().forEach(one -> paces.computeIfPresent(one, (id, pace) -> pace.isFull(now) ? null : pace));
        }
        var taken = new AtomicBoolean();
        paces.compute(who, (id, known) -> {
            var pace = known == null ? new Pace(PER_SECOND, AT_ONCE) : known;
            taken.set(pace.allows(now));
            return pace;
        });
        return taken.get();
    }

    int size() {
        return paces.size();
    }
}
