package dev.tandem.journal.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

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

import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Journal;
import dev.tandem.journal.Personal;
import dev.tandem.journal.StreamKind;
import dev.tandem.journal.Streams;
import dev.tandem.platform.SiteId;

/** The journal of the node: puts lanes, deadlines, subscribers and erasure together. */
@Component(
        service = {Journal.class, LaneJournal.class},
        configurationPid = "dev.tandem.journal")
@Designate(ocd = LaneJournal.Config.class)
public final class LaneJournal implements Journal {
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
    }

    private final SqlDatabase database;
    private final ExecutorService threads = Threads.pool("tandem-journal");
    private final Lanes lanes;
    private final Deadlines deadlines;
    private final Erasure erasure;
    private final Subscriptions subscriptions;

    @Activate
    public LaneJournal(@Reference SqlDatabase database, @Reference Clock clock, @Reference Ids ids, Config config) {
        this(database, clock, ids, config.waiting(), true);
    }

    /** @param byItself whether deadlines fire by themselves, or only by {@link #fireDue} */
    LaneJournal(SqlDatabase database, Clock clock, Ids ids, int waiting, boolean byItself) {
        this.database = database;
        this.lanes = new Lanes(database, clock, ids, waiting, threads, new Lanes.Ears() {
            @Override
            public void appended() {
                subscriptions.wake();
            }

            @Override
            public void due(Instant at) {
                deadlines.wakeAt(at);
            }
        });
        this.deadlines = new Deadlines(lanes);
        this.erasure = new Erasure(database, lanes);
        this.subscriptions = new Subscriptions(lanes, byItself ? PATIENCE : Duration.ZERO);
        if (byItself) {
            deadlines.start();
        }
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
        return database.readSession(session -> {
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

    /** Waits until listeners and subscribers have heard of all that is durable now. */
    void settle() {
        long before;
        do {
            before = events();
            lanes.awaitAnnounced();
            subscriptions.awaitHeard();
            // What was heard may have led to more.
        } while (before != events());
    }

    private long events() {
        return database.read(sql -> sql.first("SELECT SUM(position) FROM journal_site", row -> row.getLong(1)))
                .orElse(0L);
    }
}
