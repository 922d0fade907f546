package dev.tandem.screen.internal;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which sinks watch which session, whether anything is shared or not. Thread-safe. */
final class SinkWatches<K> {
    private final Map<K, Set<SinkWatch>> all = new ConcurrentHashMap<>();

    void add(K session, SinkWatch watch) {
        all.merge(session, Set.of(watch), (old, one) -> Stream.concat(old.stream(), one.stream())
                .collect(Collectors.toUnmodifiableSet()));
    }

    void remove(K session, SinkWatch watch) {
        all.computeIfPresent(session, (k, old) -> {
            var left = old.stream().filter(w -> w != watch).collect(Collectors.toUnmodifiableSet());
            return left.isEmpty() ? null : left;
        });
    }

    Set<SinkWatch> of(K session) {
        return all.getOrDefault(session, Set.of());
    }

    void clear() {
        all.clear();
    }
}
