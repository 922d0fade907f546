package dev.tandem.webacd.internal.metrics;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Database;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.work.Copies;

/** The tables of this package. Of people only agents stand in them: when they were there, and whom they answered. */
@Component(service = {Kept.class, Copies.class})
public final class Kept implements Copies {
    private static final String AGENT = "agent:";

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

    /** An agent's times are forgotten, and who it was that had answered; how long customers waited is not. */
    @Override
    public void erase(Sql sql, SiteId site, String subject) throws SQLException {
        if (subject.startsWith(AGENT)) {
            var agent = subject.substring(AGENT.length());
            ThereTable.erase(sql, site, agent);
            VisitTable.erase(sql, site, agent);
        }
    }

    /** The same of all agents, of what was over before that moment. */
    public void forget(SiteId site, Instant before) {
        there.forget(site, before);
        visits.forget(site, before);
    }

    /** Who is there now. @param states AVAILABLE or AWAY by agent; others are not there */
    public void there(SiteId site, Map<String, String> states) {
        there.now(site, states, clock.instant(), SAID_EVERY.multipliedBy(3));
    }

    /** Since when agents who are there are so. */
    public Map<String, Instant> since(SiteId site) {
        return there.since(site);
    }

    /**
     * A work item that came, as far as is known by now.
     *
     * @param place of its first event in the site's order
     * @param queue where it came to; empty for agents by name
     * @param answered whether it ended with an agent, who may still have it
     * @param abandoned whether it ended since the customer went
     * @param leftAt when it was answered or ended; empty while it waits
     * @param endedAt when an agent had finished it, wrap-up included
     */
    public record Came(
            UUID item,
            long place,
            Optional<UUID> queue,
            Instant at,
            boolean answered,
            boolean abandoned,
            Optional<Instant> leftAt,
            Optional<Instant> endedAt) {
        /** How long it waited, or has waited until now. */
        public Duration waited(Instant now) {
            return Duration.between(at, leftAt.orElse(now));
        }
    }

    /** How many came in that time. */
    public long count(SiteId site, Instant from, Instant to) {
        return visits.count(site, from, to);
    }

    /**
     * Who came in that time, in order, some at once.
     *
     * @param after the last one that is known already
     */
    public List<Came> came(SiteId site, Instant from, Instant to, Optional<Came> after, int most) {
        return visits.came(site, from, to, after, most);
    }

    /** When an agent was there for customers. */
    public record There(String agent, Instant from, Instant to) {}

    /** Whatever of it lies in that time. */
    public List<There> available(SiteId site, Instant from, Instant to) {
        return there.available(site, from, to).stream()
                .map(span -> new There(span.agent(), span.from(), span.to()))
                .toList();
    }
}
