package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.Sql;
import dev.tandem.journal.internal.NodeRows.Beat;
import dev.tandem.journal.internal.NodeRows.Namesake;

/** This node among the others: its row, its beats, its leases. */
final class LocalNode implements Nodes, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);
    /** A beat that takes longer has failed: the line to the database may be cut without anybody saying so. */
    private static final Duration BEAT_AT_MOST = Duration.ofSeconds(3);
    /** So old may be what it knows of the others; who cannot reach the database knows nothing. */
    private static final Duration ALONE = BEAT.multipliedBy(2);
    /** How long listeners may take to close what they hold. */
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private static final int DIGEST = 64;

    /** One life of the node. It may be out: expelled, and its name taken by another. */
    private record Life(UUID id, Instant since, boolean in) {}

    /**
     * Who it is.
     *
     * @param byHand a test's node: it beats when it is told to, and the given clock counts
     */
    record Identity(String name, String release, boolean byHand) {}

    private final SqlDatabase database;
    private final Clock clock;
    private final Optional<SystemClock> follower;
    private final Ids ids;
    private final Identity identity;
    private final NodeRows rows;
    private final ExecutorService threads = Threads.pool("tandem-node");
    private final NodeLeases leases;
    private final Knocker heart;
    private final OwnLine line;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Turns news = new Turns(threads);
    private final Object changing = new Object();

    private volatile Life life;
    private volatile Node.State state = Node.State.UP;
    private volatile Optional<String> fingerprint = Optional.empty();
    private volatile Pulse pulse;
    private volatile Instant seen;
    /** When it last saw that nobody else is there, by the computer's running time; nothing if somebody is. */
    private volatile Optional<Long> aloneAt = Optional.empty();
    // Guarded by the monitor of line.
    private Set<UUID> others = Set.of();
    private long lastMicros;
    /** Since when it has been in touch with the database without a gap. */
    private long steadySince;

    LocalNode(SqlDatabase database, Clock clock, Ids ids, Identity identity) {
        this.database = database;
        this.clock = clock;
        this.follower = clock instanceof SystemClock system && database.dialect() == Dialect.POSTGRESQL
                ? Optional.of(system)
                : Optional.empty();
        this.ids = ids;
        this.identity = identity;
        this.rows = new NodeRows(database.dialect(), clock, identity.byHand());
        this.leases = new NodeLeases(database, clock, threads, this::taking, identity.byHand());
        this.heart = new Knocker("tandem-beat", BEAT, this::beat);
        this.line = new OwnLine(database, "tandem beat", BEAT_AT_MOST);
        this.seen = clock.instant();
        this.pulse = new Pulse(seen, Optional.empty());
        this.life = new Life(ids.next(), seen, false);
    }

    /**
     * Takes its place among the nodes, and begins to beat.
     *
     * @return who else has the name, if it cannot be had
     */
    Optional<Namesake> join() {
        follower.ifPresent(this::readClock);
        var next = new Life(ids.next(), clock.instant(), true);
        var namesake = database.write(sql -> rows.register(sql, node(next)));
        if (namesake.isEmpty()) {
            life = next;
            seen = next.since();
            pulse = new Pulse(seen, Optional.empty());
            synchronized (line) {
                steadySince = lastMicros;
            }
            if (!identity.byHand()) {
                if (database.dialect() == Dialect.POSTGRESQL) {
                    heart.start();
                    heart.knock();
                }
                leases.start();
            }
            LOG.info("This is node {} ({})", identity.name(), next.id());
        }
        return namesake;
    }

    /** A few readings at once, so that the time is right from the start. */
    private void readClock(SystemClock system) {
        synchronized (line) {
            try {
                for (int i = 0; i < 4; i++) {
                    var sql = line();
                    var before = system.nanos();
                    var micros = rows.micros(sql);
                    system.shown(before, micros, system.nanos());
                }
            } catch (SQLException e) {
                line.close();
                throw new DatabaseException("the time cannot be read", e);
            }
        }
    }

    private Sql line() throws SQLException {
        if (!line.isOpen()) {
            line.open();
        }
        return line.sql();
    }

    /**
     * Whether it had no neighbours a moment ago. One may have come since: it looks for itself once a second, so it misses
     * nothing if it is not told before the next beat.
     */
    boolean isAlone() {
        return aloneAt.filter(at -> System.nanoTime() - at < ALONE.toNanos()).isPresent();
    }

    NodeLeases leases() {
        return leases;
    }

    Dialect dialect() {
        return database.dialect();
    }

    /** How it is in touch with the database. */
    Pulse pulse() {
        return pulse;
    }

    void listen(Listener listener) {
        listeners.add(listener);
    }

    void forget(Listener listener) {
        listeners.remove(listener);
    }

    /** Its id, while it may take leases. */
    private Optional<UUID> taking() {
        var now = life;
        return now.in() && state == Node.State.UP ? Optional.of(now.id()) : Optional.empty();
    }

    /** Says that it lives, and looks who else does. */
    void beat() {
        if (database.dialect() == Dialect.POSTGRESQL) {
            synchronized (line) {
                beatOnce();
            }
        }
        if (identity.byHand()) {
            leases.round();
            leases.awaitTold();
            news.await(CLOSING);
        }
    }

    private void beatOnce() {
        var me = life;
        var sweeps = lastMicros - steadySince >= PATIENCE.toNanos() / 1_000;
        Beat beat;
        long before;
        try {
            var sql = line();
            before = System.nanoTime();
            beat = rows.beat(sql, me.id(), sweeps);
        } catch (SQLException | RuntimeException e) {
            line.close();
            if (pulse.trouble().isEmpty()) {
                LOG.warn("Node {} cannot reach the database; trying again", identity.name(), e);
            }
            pulse = new Pulse(pulse.last(), Optional.of(String.valueOf(e.getMessage())));
            return;
        }
        var after = System.nanoTime();
        follower.ifPresent(system -> system.shown(before, beat.micros(), after));
        if (Math.abs(beat.micros() - lastMicros) > PATIENCE.toNanos() / 1_000) {
            // The database was away, or this node: others have yet to come back.
            steadySince = beat.micros();
        }
        lastMicros = beat.micros();
        seen = clock.instant();
        if (pulse.trouble().isPresent()) {
            LOG.info("Node {} reaches the database again", identity.name());
        }
        pulse = new Pulse(seen, Optional.empty());
        if (!beat.alive()) {
            liveOn(me);
        }
        aloneAt = Optional.of(before).filter(at -> beat.alive() && beat.others().isEmpty());
        look(beat.others());
    }

    /** The others have taken it for dead: what it held is theirs, and it begins anew. */
    private void liveOn(Life before) {
        if (before.in()) {
            LOG.warn("Node {} was taken for dead; it gives everything up and goes on", identity.name());
            life = new Life(before.id(), before.since(), false);
            leases.loseAll();
            tell(Listener::expelled);
        }
        var next = new Life(ids.next(), clock.instant(), true);
        var namesake = database.write(sql -> rows.register(sql, node(next)));
        if (namesake.isEmpty()) {
            life = next;
            leases.wake();
        } else if (before.in()) {
            LOG.error("Another node has taken the name {}: this one takes no part until it is gone", identity.name());
        }
    }

    private void look(Set<UUID> now) {
        var gone = new HashSet<>(others);
        gone.removeAll(now);
        others = Set.copyOf(now);
        for (var node : gone) {
            tell(listener -> listener.gone(node));
        }
        if (!gone.isEmpty()) {
            leases.wake();
        }
    }

    private void tell(Consumer<Listener> what) {
        for (var listener : listeners) {
            news.add(() -> what.accept(listener));
        }
    }

    private Node node(Life now) {
        return new Node(
                now.id(), identity.name(), identity.release(), state, now.since(), seen, fingerprint, leases.count());
    }

    @Override
    public Node self() {
        if (database.dialect() == Dialect.SQLITE) {
            // Nobody else asks whether it lives.
            seen = clock.instant();
        }
        return node(life);
    }

    @Override
    public List<Node> all() {
        var all = database.read(rows::all);
        if (database.dialect() == Dialect.POSTGRESQL) {
            return all;
        }
        // Its row is as old as its life, and gone if somebody else has opened the same file.
        var self = self();
        return Stream.concat(all.stream().filter(node -> !node.id().equals(self.id())), Stream.of(self))
                .sorted(Comparator.comparing(Node::name))
                .toList();
    }

    @Override
    public Optional<Node> find(UUID id) {
        return all().stream().filter(node -> node.id().equals(id)).findFirst();
    }

    @Override
    public void drain() {
        synchronized (changing) {
            if (state == Node.State.DRAINING) {
                return;
            }
            LOG.info("Node {} drains", identity.name());
            try {
                become(Node.State.DRAINING);
                leases.releaseAll(life.id());
            } catch (RuntimeException e) {
                // Whoever wanted it must try again, and finds it undone.
                state = Node.State.UP;
                throw e;
            }
            tell(Listener::draining);
            if (!news.await(CLOSING)) {
                LOG.warn("Not everything that clients hold was closed in time");
            }
        }
    }

    @Override
    public void resume() {
        synchronized (changing) {
            if (state == Node.State.UP) {
                return;
            }
            LOG.info("Node {} takes part again", identity.name());
            become(Node.State.UP);
            leases.wake();
            tell(Listener::resumed);
        }
    }

    private void become(Node.State next) {
        state = next;
        database.write(sql -> {
            rows.state(sql, life.id(), next);
            return true;
        });
    }

    @Override
    public void fingerprint(String digest) {
        if (digest.length() > DIGEST) {
            throw new IllegalArgumentException("longer than " + DIGEST + " characters");
        }
        fingerprint = Optional.of(digest);
        database.write(sql -> {
            rows.fingerprint(sql, life.id(), digest);
            return true;
        });
    }

    /** Gives everything up and takes its row away, so that the others need not wait for it. */
    @Override
    public void close() {
        var last = life;
        // No beat may find the row gone and begin a new life.
        heart.stop();
        // After a move nothing is written here any more, and nobody is left who would read it.
        if (last.in() && database.heldOff().isEmpty()) {
            state = Node.State.DRAINING;
            try {
                leases.releaseAll(last.id());
                database.write(sql -> {
                    rows.remove(sql, last.id());
                    return true;
                });
            } catch (RuntimeException e) {
                LOG.warn("Node {} leaves without a word; the others will notice", identity.name(), e);
            }
        }
        end();
    }

    /** Ends without a word, as if it had died. */
    void end() {
        life = new Life(life.id(), life.since(), false);
        heart.stop();
        leases.stop();
        synchronized (line) {
            line.close();
        }
        Threads.end(threads);
    }
}
