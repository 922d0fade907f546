package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Recorded;
import dev.tandem.platform.SiteId;

/**
 * Follows the streams of one kind event by event, to know the state after each. Mostly it has the state before at hand and
 * asks the database nothing. A site is followed by one thread at a time.
 */
final class Follower<S, E> {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    /** How many streams are read back at once; they may be long. */
    private static final int AT_ONCE = 16;

    /** An event with the state after it; no event if this node does not know its name. */
    record Step<S, E>(Optional<Recorded<E>> event, Held<S> after) {}

    /** A stream on its way to the version before an event. */
    private static final class Way<S, E> {
        private final Follower<S, E> follower;
        private final long upTo;
        private Held<S> held;

        Way(Follower<S, E> follower, long upTo) {
            this.follower = follower;
            this.upTo = upTo;
            this.held = follower.kind.initial();
        }

        void event(long version, String name, String payload, byte[] hash) {
            if (version <= upTo && version == held.version() + 1) {
                try {
                    held = follower.kind.fold(held, version, name, payload, hash);
                } catch (RuntimeException e) {
                    // It stays behind, and whoever follows it meets the same failure.
                    LOG.debug("A stream of {} cannot be folded", follower.kind.name(), e);
                }
            }
        }

        void keep(SiteId site, UUID stream) {
            follower.memory.put(site, stream, held);
        }
    }

    private final OpenKind<S, E> kind;
    private final Memory<S> memory = new Memory<>();

    Follower(OpenKind<S, E> kind) {
        this.kind = kind;
    }

    /** The step of an event of this kind. Foreign code folds it, and may fail. */
    Step<S, E> follow(Session session, SiteId site, EventRow row) throws SQLException {
        var stream = UUID.fromString(row.stream());
        var before = before(site, stream, row.version());
        if (before.isEmpty()) {
            before = Optional.of(kind.after(session, site, stream, kind.initial(), row.version() - 1));
        }
        var step = kind.step(before.get(), site, row);
        memory.put(site, stream, step.after());
        return step;
    }

    /** What an event publishes. */
    List<Object> published(Session session, SiteId site, EventRow row) throws SQLException {
        if (!kind.publishes()) {
            return List.of();
        }
        var step = follow(session, site, row);
        return step.event()
                .map(event -> kind.kind().publish(event, step.after().state()))
                .orElse(List.of());
    }

    /** Notes a state that somebody else has come to. */
    void reached(SiteId site, UUID stream, Held<S> after) {
        memory.put(site, stream, after);
    }

    private Optional<Held<S>> before(SiteId site, UUID stream, long version) {
        return version == 1
                ? Optional.of(kind.initial())
                : memory.get(site, stream)
                        .filter(held -> held.version() == version - 1)
                        .or(() -> kind.known(site, stream, version - 1));
    }

    /** Reads back together the streams of these events that are not at hand. */
    static void prepare(
            Store store,
            Session session,
            SiteId site,
            List<EventRow> rows,
            Function<EventRow, Optional<Follower<?, ?>>> followers)
            throws SQLException {
        var ways = new HashMap<StreamKey, Optional<Way<?, ?>>>();
        for (var row : rows) {
            var follower = followers.apply(row);
            if (follower.isPresent()) {
                ways.computeIfAbsent(new StreamKey(row.kind(), UUID.fromString(row.stream())), key -> follower.get()
                        .way(site, key.stream(), row.version()));
            }
        }
        var left = new HashMap<StreamKey, Way<?, ?>>();
        for (var entry : ways.entrySet()) {
            entry.getValue().ifPresent(way -> left.put(entry.getKey(), way));
            if (left.size() == AT_ONCE) {
                readBack(store, session, site, left);
            }
        }
        readBack(store, session, site, left);
    }

    private Optional<Way<?, ?>> way(SiteId site, UUID stream, long version) {
        return before(site, stream, version).isPresent() ? Optional.empty() : Optional.of(new Way<>(this, version - 1));
    }

    private static void readBack(Store store, Session session, SiteId site, Map<StreamKey, Way<?, ?>> ways)
            throws SQLException {
        if (!ways.isEmpty()) {
            store.streams(session, site.value(), ways.keySet(), (key, version, name, payload, hash) -> ways.get(key)
                    .event(version, name, payload, hash));
            ways.forEach((key, way) -> way.keep(site, key.stream()));
            ways.clear();
        }
    }
}
