package dev.tandem.journal.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.platform.SiteId;

/** The streams of one kind that were used last, of all sites, up to a bound. Thread-safe. */
final class Memory<S> {
    private static final int MOST = 10_000;

    private record Key(SiteId site, UUID stream) {}

    private final Map<Key, Held<S>> streams = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Held<S>> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<Held<S>> get(SiteId site, UUID stream) {
        return Optional.ofNullable(streams.get(new Key(site, stream)));
    }

    synchronized void put(SiteId site, UUID stream, Held<S> held) {
        streams.put(new Key(site, stream), held);
    }

    /** Puts it unless a newer one is there. */
    synchronized void putNewer(SiteId site, UUID stream, Held<S> held) {
        streams.merge(new Key(site, stream), held, (there, given) -> there.version() < given.version() ? given : there);
    }

    synchronized void forget(SiteId site, UUID stream) {
        streams.remove(new Key(site, stream));
    }
}
