package dev.tandem.journal.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
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
        void appended();

        void due(Instant at);
    }

    private final SqlDatabase database;
    private final Store store;
    private final Clock clock;
    private final Ids ids;
    private final Executor threads;
    private final Ears ears;
    private volatile int waiting;
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
        return lanes.computeIfAbsent(site, s -> new Lane(s, this, new Announcer(threads)));
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

    void appended() {
        ears.appended();
    }

    void due(Instant at) {
        ears.due(at);
    }

    /** Waits until every listener has been told of what is durable by now. */
    void awaitAnnounced() {
        lanes.values().forEach(lane -> lane.announcer().awaitTold());
    }
}
