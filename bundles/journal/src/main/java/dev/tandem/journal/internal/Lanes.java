package dev.tandem.journal.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.SiteId;

/** The lanes of all sites, the kinds that are open, and who wants to hear that something was appended. */
final class Lanes {
    /** What else of the journal needs to know of a commit. Called on the lane, returns at once. */
    interface Ears {
        void appended(SiteId site, long position);

        void due(SiteId site, Instant at);
    }

    private final SqlDatabase database;
    private final Store store;
    private final Clock clock;
    private final Ids ids;
    private final Executor threads;
    private final Ears ears;
    private final Recent recent = new Recent();
    private volatile int waiting;
    /** The ends of the sites when this node started: what came before is told to nobody here. */
    private final Map<SiteId, Long> start;
    /** How far each site is known to have come, by whomever. */
    private final Map<SiteId, Long> ends;

    private final Map<SiteId, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<String, OpenKind<?, ?>> kinds = new ConcurrentHashMap<>();

    Lanes(SqlDatabase database, Clock clock, Ids ids, int waiting, Executor threads, Ears ears) {
        this.database = database;
        this.store = database.dialect() == Dialect.SQLITE ? new SqliteStore() : new PostgresStore();
        this.clock = clock;
        this.ids = ids;
        this.waiting = waiting;
        this.threads = threads;
        this.ears = ears;
        this.start = storedEnds();
        this.ends = new ConcurrentHashMap<>(start);
    }

    SqlDatabase database() {
        return database;
    }

    Store store() {
        return store;
    }

    Clock clock() {
        return clock;
    }

    Ids ids() {
        return ids;
    }

    /** What this node has appended last, for subscribers. */
    Recent recent() {
        return recent;
    }

    Executor threads() {
        return threads;
    }

    /** How many commands of a site may wait. */
    int waiting() {
        return waiting;
    }

    void allow(int most) {
        waiting = most;
    }

    void add(OpenKind<?, ?> kind) {
        if (kinds.putIfAbsent(kind.name(), kind) != null) {
            throw new IllegalStateException("streams of kind " + kind.name() + " are open already");
        }
    }

    void remove(OpenKind<?, ?> kind) {
        kinds.remove(kind.name(), kind);
    }

    Optional<OpenKind<?, ?>> kind(String name) {
        return Optional.ofNullable(kinds.get(name));
    }

    Collection<OpenKind<?, ?>> kinds() {
        return List.copyOf(kinds.values());
    }

    Lane lane(SiteId site) {
        return lanes.computeIfAbsent(
                site, s -> new Lane(s, this, new Announcer(s, new Gap(s, this), threads, start.getOrDefault(s, 0L))));
    }

    <A> Answer<A> execute(Task<?, ?, A> task) {
        if (database.isWriting()) {
            throw new IllegalStateException("a decision or projection cannot wait for another command");
        }
        if (!task.kind().tryEnter()) {
            // Its slice is stopping under a caller who still holds it: soon there is nobody, or the next one.
            return new Answer.Refused<>(new Refusal(Refusal.Reason.BUSY, "stopping", "This part is stopping."));
        }
        try {
            var held = database.heldOff();
            if (held.isPresent()) {
                return new Answer.Refused<>(held.get());
            }
            var lane = lane(task.command().site());
            return lane.offer(task)
                    ? lane.await(task)
                    : new Answer.Refused<>(
                            new Refusal(Refusal.Reason.BUSY, "journal-busy", "There is too much to do at the moment."));
        } finally {
            task.kind().leave();
        }
    }

    /** This node has appended. */
    void appended(SiteId site, long position) {
        ends.merge(site, position, Math::max);
        ears.appended(site, position);
    }

    /** How far the sites have come, as far as this node knows. */
    Map<SiteId, Long> ends() {
        return ends;
    }

    /** How far the sites have come, by the database. */
    Map<SiteId, Long> storedEnds() {
        var stored = new HashMap<SiteId, Long>();
        database.read(sql -> sql.all(
                "SELECT site, position FROM journal_site",
                row -> stored.put(new SiteId(row.getString(1)), row.getLong(2))));
        return stored;
    }

    /** A site is known to have come that far: listeners are told. Returns whether that was news. */
    boolean seen(SiteId site, long position) {
        var before = ends.getOrDefault(site, 0L);
        if (position > 0 && position > start.getOrDefault(site, 0L)) {
            lane(site).announcer().look(position);
        }
        ends.merge(site, position, Math::max);
        return position > before;
    }

    void due(SiteId site, Instant at) {
        ears.due(site, at);
    }

    /** Waits until every listener has been told of what is known to be durable by now. */
    void awaitAnnounced() {
        lanes.values().forEach(lane -> lane.announcer().awaitTold());
    }
}
