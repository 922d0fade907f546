package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.platform.SiteId;

/** The streams of a batch that are not remembered, read back all at once. Foreign code folds them, and may fail. */
final class ReadBack {
    private static final class Folding<S> {
        private final OpenKind<S, ?> kind;
        private Held<S> held;
        private Optional<RuntimeException> failure = Optional.empty();

        Folding(OpenKind<S, ?> kind) {
            this.kind = kind;
            this.held = kind.initial();
        }

        void event(long version, String name, String payload, byte[] hash) {
            if (failure.isEmpty()) {
                try {
                    held = kind.fold(held, version, name, payload, hash);
                } catch (RuntimeException e) {
                    failure = Optional.of(e);
                }
            }
        }

        void keep(SiteId site, StreamKey key) {
            if (failure.isEmpty()) {
                kind.decided(site).stage(key.stream(), held);
            }
        }
    }

    private final SiteId site;
    private final Map<StreamKey, Folding<?>> foldings = new LinkedHashMap<>();

    ReadBack(SiteId site) {
        this.site = site;
    }

    /** Makes sure that the stream of a task will be staged. */
    void need(Task<?, ?, ?> task) {
        if (!recalled(task, site)) {
            foldings.computeIfAbsent(task.key(), key -> new Folding<>(task.kind()));
        }
    }

    /** Stages the stream of a task if it is remembered. */
    static boolean recalled(Task<?, ?, ?> task, SiteId site) {
        return task.kind().decided(site).recall(task.command().stream());
    }

    /** Stages the stream of a task, which begins with it if it is not remembered. */
    static void recalledOrBegun(Task<?, ?, ?> task, SiteId site) {
        if (!recalled(task, site)) {
            begin(task.kind(), task.command().stream(), site);
        }
    }

    private static <S> void begin(OpenKind<S, ?> kind, UUID stream, SiteId site) {
        kind.decided(site).stage(stream, kind.initial());
    }

    /** Reads, and tells which streams could not be folded. */
    Map<StreamKey, RuntimeException> run(Store store, Session session) throws SQLException {
        var failures = new HashMap<StreamKey, RuntimeException>();
        if (!foldings.isEmpty()) {
            store.streams(
                    session, site.value(), foldings.keySet(), (key, version, name, payload, hash) -> foldings.get(key)
                            .event(version, name, payload, hash));
            foldings.forEach((key, folding) -> {
                folding.keep(site, key);
                folding.failure.ifPresent(e -> failures.put(key, e));
            });
        }
        return failures;
    }
}
