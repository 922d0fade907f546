package dev.tandem.journal.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.platform.SiteId;

/**
 * What the lane of a site knows of the streams of one kind. What the batch under way uses and decides is staged, where
 * its later commands see it, and remembered once it is durable. Used by whoever leads the lane.
 */
final class Remembered<S> {
    private final Memory<S> memory;
    private final SiteId site;
    private final Map<UUID, Held<S>> staged = new HashMap<>();

    Remembered(Memory<S> memory, SiteId site) {
        this.memory = memory;
        this.site = site;
    }

    /** Stages a stream that is remembered; false if it is not. */
    boolean recall(UUID stream) {
        if (staged.containsKey(stream)) {
            return true;
        }
        var held = memory.get(site, stream);
        held.ifPresent(known -> staged.put(stream, known));
        return held.isPresent();
    }

    void stage(UUID stream, Held<S> held) {
        staged.put(stream, held);
    }

    /** A stream that was staged. */
    Held<S> staged(UUID stream) {
        return Optional.ofNullable(staged.get(stream)).orElseThrow();
    }

    void keep() {
        staged.forEach((stream, held) -> memory.put(site, stream, held));
        staged.clear();
    }

    void drop() {
        staged.clear();
    }

    void forget(UUID stream) {
        staged.remove(stream);
        memory.forget(site, stream);
    }
}
