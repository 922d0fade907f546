package dev.tandem.journal.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Announcements;
import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Journal;
import dev.tandem.journal.Personal;
import dev.tandem.journal.StreamKind;
import dev.tandem.journal.Streams;
import dev.tandem.platform.SiteId;

/** The journal of the node: puts lanes, deadlines, subscribers, erasure and what passes between nodes together. */
@Component(
        service = {Journal.class, Announcements.class, LaneJournal.class},
        configurationPid = "dev.tandem.journal")
@Designate(ocd = LaneJournal.Config.class)
public final class LaneJournal implements Journal, Announcements {
    private static final Logger LOG = LoggerFactory.getLogger(LaneJournal.class);

    /** A slice that is being updated is back within this time, and its events then stay in order. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What can be set for a node. */
    @ObjectClassDefinition(name = "Tandem journal")
    public @interface Config {
        @AttributeDefinition(
                name = "Waiting commands",
                description = "How many commands of one site may wait; beyond that callers are told to come back.")
        int waiting() default 1024;

        @AttributeDefinition(
                name = "Name of the node",
                description =
                        "Unique among the nodes of a database, and part of addresses: letters, digits and hyphens,"
                                + " at most 40. The name of the computer if there is none.")
        String node() default "";
    }

    private final SqlDatabase database;
    private final ExecutorService threads = Threads.pool("tandem-journal");
    private final Lanes lanes;
    private final Deadlines deadlines;
    private final Erasure erasure;
    private final Subscriptions subscriptions;
    private final Listeners listeners = new Listeners();
    private final Neighbours neighbours;

    @Activate
    public LaneJournal(
            @Reference SqlDatabase database,
            @Reference Clock clock,
            @Reference Ids ids,
            @Reference LocalNode node,
            Config config) {
        this(database, clock, ids, node, config.waiting(), true);
    }

    /** @param byItself whether deadlines fire by themselves, or only by {@link #fireDue} */
    LaneJournal(SqlDatabase database, Clock clock, Ids ids, LocalNode node, int waiting, boolean byItself) {
        this(database, clock, ids, node, waiting, byItself, ears -> Neighbours.of(database, ears));
    }

    /** @param meet makes it acquainted with the other nodes */
    LaneJournal(
            SqlDatabase database,
            Clock clock,
            Ids ids,
            LocalNode node,
            int waiting,
            boolean byItself,
            Function<Echo.Ears, Neighbours> meet) {
        this.database = database;
        this.lanes = new Lanes(database, clock, ids, waiting, threads, new Lanes.Ears() {
            @Override
            public void appended(SiteId site, long position) {
                subscriptions.wake();
                if (!node.isAlone()) {
                    neighbours.appended(site, position);
                }
            }

            @Override
            public void due(SiteId site, Instant at) {
                deadlines.set(site, at);
            }
        });
        this.deadlines = new Deadlines(lanes, node, byItself);
        this.erasure = new Erasure(database, lanes);
        // On SQLite there is nobody to take turns with.
        var turns = Optional.of(node.leases()).filter(leases -> database.dialect() == Dialect.POSTGRESQL);
        this.subscriptions = new Subscriptions(lanes, byItself ? PATIENCE : Duration.ZERO, turns);
        this.neighbours = meet.apply(new Echo.Ears() {
            @Override
            public void ends(Map<SiteId, Long> ends) {
                seen(ends);
            }

            @Override
            public void announced(SiteId site, String what) {
                if (what.equals(LeaseRows.FREED)) {
                    node.leases().wake();
                } else if (!deadlines.told(what)) {
                    listeners.announced(site, what);
                }
            }

            @Override
            public void missed() {
                node.leases().wake();
                deadlines.wakeAt(Instant.MIN);
                listeners.missed();
            }
        });
        deadlines.tellBy(neighbours::announced);
        if (byItself) {
            deadlines.start();
        }
    }

    private void seen(Map<SiteId, Long> ends) {
        var news = false;
        for (var end : ends.entrySet()) {
            news |= lanes.seen(end.getKey(), end.getValue());
        }
        if (news) {
            subscriptions.wake();
        }
    }

    @Override
    public void announce(SiteId site, String what) {
        Listeners.check(what);
        listeners.announced(site, what);
        neighbours.announced(site, what);
    }

    void addListener(Announcements.Listener listener) {
        listeners.add(listener);
    }

    void removeListener(Announcements.Listener listener) {
        listeners.remove(listener);
    }

    void addSubscriber(EventSubscriber subscriber) {
        subscriptions.add(subscriber);
    }

    void removeSubscriber(EventSubscriber subscriber) {
        subscriptions.remove(subscriber);
    }

    @Modified
    void changed(Config config) {
        lanes.allow(config.waiting());
    }

    @Deactivate
    void close() {
        deadlines.stop();
        lanes.kinds().forEach(OpenKind::close);
        subscriptions.close();
        neighbours.stop();
        listeners.close();
        Threads.end(threads);
    }

    @Override
    public <S, E> Streams<S, E> open(StreamKind<S, E> kind) {
        var opened = new OpenKind<>(kind, lanes, database);
        lanes.add(opened);
        try {
            erasure.opened(opened);
        } catch (RuntimeException e) {
            lanes.remove(opened);
            throw e;
        }
        deadlines.wakeAt(Instant.MIN);
        subscriptions.wake();
        return opened;
    }

    @Override
    public Optional<String> personal(SiteId site, Personal.Ref ref) {
        return database.askSession(session -> {
            var row = PersonalRow.find(session, site, ref.id());
            if (row.isPresent() && !row.get().fits(ref)) {
                LOG.error("Site {}: personal row {} was changed from outside and is not shown", site, ref.id());
                return Optional.empty();
            }
            return row.map(PersonalRow::asText);
        });
    }

    @Override
    public long erase(SiteId site, String subject) {
        return erasure.erase(site, subject);
    }

    @Override
    public Verification verify(SiteId site) {
        return new Verifier(site).run(database);
    }

    /** Fires the deadlines that are due by the clock; returns how many. */
    int fireDue() {
        return deadlines.fireDue();
    }

    /** Waits until listeners and subscribers have heard of all that is durable now, whichever node has written it. */
    void settle() {
        Map<SiteId, Long> before;
        do {
            before = lanes.storedEnds();
            seen(before);
            lanes.awaitAnnounced();
            listeners.awaitTold();
            subscriptions.awaitHeard();
            // What was heard may have led to more.
        } while (!before.equals(lanes.storedEnds()));
    }
}
