package dev.tandem.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The pages of one participant that are there now. A page may be there twice for a moment, when its new socket comes
 * before its old one is known to be dead. Not thread-safe.
 */
final class Pages {
    private final Map<UUID, Integer> attached = new HashMap<>();
    private final Map<UUID, Instant> recent = new HashMap<>();
    private final Set<UUID> closing = new HashSet<>();
    private Optional<Instant> goneSince = Optional.empty();

    void attach(UUID page) {
        attached.merge(page, 1, Integer::sum);
        closing.remove(page);
        recent.remove(page);
        goneSince = Optional.empty();
    }

    void detach(UUID page, Instant now) {
        if (attached.computeIfPresent(page, (p, times) -> times > 1 ? times - 1 : null) == null) {
            recent.put(page, now);
        }
    }

    /** The page says that it is about to go. Its socket may linger, but it counts no more until it attaches again. */
    void closing(UUID page) {
        closing.add(page);
    }

    boolean anyThere() {
        return attached.keySet().stream().anyMatch(page -> !closing.contains(page));
    }

    /** Not even a socket of a closing page lingers. */
    boolean isEmpty() {
        return attached.isEmpty();
    }

    boolean isThere(UUID page) {
        return attached.containsKey(page) && !closing.contains(page);
    }

    /** Whether another page than this is there, or was a moment ago and may only have lost its line. */
    boolean anyBut(UUID page, Instant now, Duration moment) {
        recent.values().removeIf(gone -> gone.plus(moment).isBefore(now));
        return attached.keySet().stream().anyMatch(other -> isOther(other, page))
                || recent.keySet().stream().anyMatch(other -> isOther(other, page));
    }

    private boolean isOther(UUID other, UUID page) {
        return !other.equals(page) && !closing.contains(other);
    }

    /** Since when none is there; what was noted first stays until one attaches. */
    Optional<Instant> goneSince() {
        return goneSince;
    }

    /** @return whether this is news */
    boolean gone(Instant now) {
        if (goneSince.isPresent() || anyThere()) {
            return false;
        }
        goneSince = Optional.of(now);
        return true;
    }
}
