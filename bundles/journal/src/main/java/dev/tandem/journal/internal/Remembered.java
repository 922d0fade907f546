package dev.tandem.journal.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The streams of one kind and site that were used last, as a bounded memory. Thread-safe. */
final class Remembered<S> {
    private static final int MOST = 2_000;

    private final Map<UUID, Held<S>> streams = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Held<S>> eldest) {
            return size() > MOST;
        }
    };

    /** What the batch under way has decided, visible to its later commands, and kept once it is durable. */
    private final Map<UUID, Held<S>> staged = new LinkedHashMap<>();

    synchronized Optional<Held<S>> get(UUID stream) {
        return Optional.ofNullable(streams.get(stream));
    }

    synchronized Optional<Held<S>> getStaged(UUID stream) {
        var held = staged.get(stream);
        return Optional.ofNullable(held != null ? held : streams.get(stream));
    }

    synchronized void stage(UUID stream, Held<S> held) {
        staged.put(stream, held);
    }

    synchronized void keepStaged() {
        streams.putAll(staged);
        staged.clear();
    }

    synchronized void dropStaged() {
        staged.clear();
    }

    synchronized void put(UUID stream, Held<S> held) {
        streams.put(stream, held);
    }

    /** Puts it unless a newer one is there. */
    synchronized void putNewer(UUID stream, Held<S> held) {
        var there = streams.get(stream);
        if (there == null || there.version() < held.version()) {
            streams.put(stream, held);
        }
    }

    synchronized void forget(UUID stream) {
        streams.remove(stream);
    }
}
