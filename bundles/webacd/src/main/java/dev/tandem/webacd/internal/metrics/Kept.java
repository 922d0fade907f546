package dev.tandem.webacd.internal.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Database;
import dev.tandem.platform.SiteId;

/** The tables of this package. */
@Component(service = Kept.class)
public final class Kept {
    /** How often it is said who is there; what was not said for three times as long is over. */
    public static final Duration SAID_EVERY = Duration.ofSeconds(20);

    private final VisitTable visits;
    private final ThereTable there;
    private final Clock clock;

    @Activate
    public Kept(@Reference Database database, @Reference Clock clock) {
        database.migrate("webacd-metrics", Kept.class, List.of("001_metrics.sql"));
        this.visits = new VisitTable(database);
        this.there = new ThereTable(database);
        this.clock = clock;
    }

    VisitTable visits() {
        return visits;
    }

    ThereTable there() {
        return there;
    }

    /** Who is there now. @param states AVAILABLE or AWAY by agent; others are not there */
    public void there(SiteId site, Map<String, String> states) {
        there.now(site, states, clock.instant(), SAID_EVERY.multipliedBy(3));
    }

    /** Since when agents who are there are so. */
    public Map<String, Instant> since(SiteId site) {
        return there.since(site);
    }
}
