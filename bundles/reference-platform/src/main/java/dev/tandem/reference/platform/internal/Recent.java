package dev.tandem.reference.platform.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What was found lately, for a short while and up to a number of things. What was not found is asked again. */
final class Recent<K, V> {
    private record Kept<V>(V value, Instant until) {}

    private final Clock clock;
    private final Duration keep;
    private final Map<K, Kept<V>> kept;
    private long forgotten;

    Recent(Clock clock, Duration keep, int most) {
        this.clock = clock;
        this.keep = keep;
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
                return size() > most;
            }
        };
    }

    Optional<V> get(K key, Supplier<Optional<V>> otherwise) {
        var now = clock.instant();
        long before;
        synchronized (kept) {
            var found = kept.get(key);
            if (found != null && now.isBefore(found.until())) {
                return Optional.of(found.value());
            }
            kept.remove(key);
            before = forgotten;
        }
        var value = otherwise.get();
        value.ifPresent(v -> {
            synchronized (kept) {
                // What was looked up before something was forgotten may be just that.
                if (before == forgotten) {
                    kept.put(key, new Kept<>(v, now.plus(keep)));
                }
            }
        });
        return value;
    }

    /** Forgets everything that was found to be so. */
    void forgetIf(Predicate<V> value) {
        synchronized (kept) {
            kept.values().removeIf(one -> value.test(one.value()));
            forgotten++;
        }
    }

    void forgetAll() {
        synchronized (kept) {
            kept.clear();
            forgotten++;
        }
    }

    void forget(K key) {
        synchronized (kept) {
            kept.remove(key);
            forgotten++;
        }
    }
}
