package dev.tandem.journal.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.journal.StreamKind;
import dev.tandem.journal.Streams;
import dev.tandem.platform.SiteId;

/** A kind of stream while its slice is there, with what is remembered of its streams. */
final class OpenKind<S, E> implements Streams<S, E> {
    /** How many streams are read by one question. */
    private static final int AT_ONCE = 200;

    private final StreamKind<S, E> kind;
    private final String name;
    private final Lanes lanes;
    private final SqlDatabase database;
    private final boolean projects;
    private final boolean listens;
    private final boolean publishes;
    /** What the lanes know. Exact while the counter row stands where the lane left it. */
    private final Memory<S> known = new Memory<>();

    private final Map<SiteId, Remembered<S>> decided = new ConcurrentHashMap<>();
    /** What listeners have been told of, so that what another node appends is folded on from there. */
    private final Follower<S, E> follower = new Follower<>(this);
    /** What readers have folded. A reader always looks for newer events. */
    private final Memory<S> loaded = new Memory<>();
    /** Counts who is under way; terminated when the last of them has left a closed kind. */
    private final Phaser underWay = new Phaser(1);

    private volatile boolean open = true;
    private volatile boolean telling = true;

    OpenKind(StreamKind<S, E> kind, Lanes lanes, SqlDatabase database) {
        this.kind = kind;
        this.name = kind.name();
        this.lanes = lanes;
        this.database = database;
        this.projects = overrides(kind, "project", Sql.class, Recorded.class, Object.class);
        this.listens = overrides(kind, "committed", Recorded.class, Object.class);
        this.publishes = overrides(kind, "publish", Recorded.class, Object.class);
    }

    /** Whether a method with a default that does nothing needs to be called at all. */
    private static boolean overrides(StreamKind<?, ?> kind, String method, Class<?>... parameters) {
        try {
            return kind.getClass().getMethod(method, parameters).getDeclaringClass() != StreamKind.class;
        } catch (NoSuchMethodException e) {
            return true;
        }
    }

    String name() {
        return name;
    }

    StreamKind<S, E> kind() {
        return kind;
    }

    boolean projects() {
        return projects;
    }

    boolean listens() {
        return listens;
    }

    boolean publishes() {
        return publishes;
    }

    /** Whether listeners are still to be told: until after the last command of a kind that is being closed. */
    boolean isTelling() {
        return telling;
    }

    Remembered<S> decided(SiteId site) {
        return decided.computeIfAbsent(site, s -> new Remembered<>(known, s));
    }

    Held<S> initial() {
        return new Held<>(kind.initial(), 0, Hashes.NONE, true);
    }

    /** One event further. An event whose name is not known changes nothing but the version, and is remembered as such. */
    Held<S> fold(Held<S> before, long version, String event, String payload, byte[] hash) {
        return fold(before, version, Codec.event(kind.events(), event, payload), hash);
    }

    private Held<S> fold(Held<S> before, long version, Optional<E> event, byte[] hash) {
        var state = event.map(e -> kind.evolve(before.state(), e)).orElse(before.state());
        return new Held<>(state, version, hash, before.whole() && event.isPresent());
    }

    /** One event further, for those who do not write and need no hash. */
    Follower.Step<S, E> step(Held<S> before, SiteId site, EventRow row) {
        var event = Codec.event(kind.events(), row.name(), row.payload());
        var after = fold(before, row.version(), event, Hashes.NONE);
        return new Follower.Step<>(event.map(e -> recorded(site, row, e)), after);
    }

    /** The stream at exactly that version, if a lane remembers it. */
    Optional<Held<S>> known(SiteId site, UUID stream, long version) {
        return known.get(site, stream).filter(held -> held.version() == version);
    }

    /** Follows the streams for those who listen to what is committed. */
    Follower<S, E> follower() {
        return follower;
    }

    @Override
    public <A> Answer<A> execute(Command<A> command, Decider<S, E, A> decider) {
        return lanes.execute(new Task<>(this, command, decider, Optional.empty()));
    }

    /** Tells that somebody starts something with this kind; every enter needs its leave. False once it is closed. */
    boolean tryEnter() {
        underWay.register();
        boolean entered = open;
        if (!entered) {
            leave();
        }
        return entered;
    }

    void leave() {
        underWay.arriveAndDeregister();
    }

    @Override
    public Current<S> load(SiteId site, UUID stream) {
        var best = newer(loaded.get(site, stream), known.get(site, stream)).orElseGet(this::initial);
        var now = database.askSession(session -> after(session, site, stream, best, Long.MAX_VALUE));
        if (now.version() > 0) {
            loaded.putNewer(site, stream, now);
        }
        return new Current<>(now.state(), now.version());
    }

    @Override
    public Map<UUID, Current<S>> load(SiteId site, Collection<UUID> streams) {
        var all = new HashMap<UUID, Current<S>>();
        var left = new ArrayList<>(streams);
        for (int from = 0; from < left.size(); from += AT_ONCE) {
            var some = left.subList(from, Math.min(left.size(), from + AT_ONCE));
            var found = database.askSession(session -> whole(session, site, some));
            found.forEach((stream, held) -> {
                loaded.putNewer(site, stream, held);
                all.put(stream, new Current<>(held.state(), held.version()));
            });
        }
        return all;
    }

    /** From their first events on. */
    private Map<UUID, Held<S>> whole(Session session, SiteId site, List<UUID> streams) throws SQLException {
        var keys = streams.stream()
                .distinct()
                .map(stream -> new StreamKey(name, stream))
                .toList();
        var all = new HashMap<UUID, Held<S>>();
        lanes.store().streams(session, site.value(), keys, (key, version, event, payload, hash) -> {
            var before = all.getOrDefault(key.stream(), initial());
            all.put(key.stream(), fold(before, version, event, payload, hash));
        });
        return all;
    }

    private static <S> Optional<Held<S>> newer(Optional<Held<S>> one, Optional<Held<S>> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().version() >= other.get().version() ? one : other;
    }

    /** The stream folded on from where it is held, up to a version. */
    Held<S> after(Session session, SiteId site, UUID stream, Held<S> from, long upTo) throws SQLException {
        var find = session.prepared("SELECT version, name, payload, hash FROM journal_event"
                + " WHERE site = ? AND kind = ? AND stream = ? AND version > ? AND version <= ? ORDER BY version");
        bind(find, site, stream, from.version());
        find.setLong(5, upTo);
        var held = from;
        try (var rows = find.executeQuery()) {
            while (rows.next()) {
                held = fold(held, rows.getLong(1), rows.getString(2), rows.getString(3), rows.getBytes(4));
            }
        }
        return held;
    }

    @Override
    public List<Recorded<E>> read(SiteId site, UUID stream, long afterVersion, int limit) {
        return database.askSession(session -> {
            var find = session.prepared("SELECT " + EventRow.COLUMNS + " FROM journal_event"
                    + " WHERE site = ? AND kind = ? AND stream = ? AND version > ? ORDER BY version LIMIT ?");
            bind(find, site, stream, afterVersion);
            find.setInt(5, limit);
            var events = new ArrayList<Recorded<E>>();
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    recorded(site, EventRow.read(rows)).ifPresent(events::add);
                }
            }
            return List.copyOf(events);
        });
    }

    private void bind(java.sql.PreparedStatement find, SiteId site, UUID stream, long afterVersion)
            throws SQLException {
        find.setString(1, site.value());
        find.setString(2, name);
        find.setString(3, stream.toString());
        find.setLong(4, afterVersion);
    }

    /** Whether this version of the slice knows such an event. */
    boolean knows(String event) {
        return kind.events().classes().containsKey(event)
                || kind.events().upcasters().containsKey(event);
    }

    /** The event in its current shape, or empty if this version of the slice does not know it. */
    Optional<Recorded<E>> recorded(SiteId site, EventRow row) {
        return Codec.event(kind.events(), row.name(), row.payload()).map(event -> recorded(site, row, event));
    }

    Recorded<E> recorded(SiteId site, EventRow row, E event) {
        return new Recorded<>(
                site,
                row.position(),
                UUID.fromString(row.stream()),
                row.version(),
                UUID.fromString(row.id()),
                Instant.ofEpochMilli(row.at()),
                row.actor(),
                event);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (!open) {
                return;
            }
            open = false;
        }
        underWay.arriveAndAwaitAdvance();
        lanes.awaitAnnounced();
        telling = false;
        lanes.remove(this);
    }
}
