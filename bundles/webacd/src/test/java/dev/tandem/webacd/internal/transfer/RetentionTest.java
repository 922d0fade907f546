package dev.tandem.webacd.internal.transfer;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.webacd.internal.metrics.Kept;
import dev.tandem.webacd.internal.metrics.ThresholdsOf;
import dev.tandem.webacd.internal.router.Rig;

/** What is too old goes, though nothing happens. */
public class RetentionTest extends OnBothDatabases {
    private record Task(Instant at, Runnable what) {}

    private final List<Task> tasks = new ArrayList<>();
    private Rig rig;
    private Kept kept;
    private Instant start;

    @Before
    public void open() {
        rig = new Rig(fresh(), 1);
        rig.plans.queue("printers", rig.plans.agent("anna", 1));
        rig.plans.changed();
        start = rig.clock.instant();
        kept = new Kept(rig.journal.database(), rig.clock);
        var settings = ThresholdsOf.seconds(rig.journal.settings(), 20);
        rig.journal.declare(settings);
        new Retention(
                kept,
                settings,
                rig.book,
                rig.plans,
                (delay, what) -> tasks.add(new Task(rig.clock.instant().plus(delay), what)),
                rig.clock);
    }

    @After
    public void close() {
        rig.close();
    }

    private void hours(long count) {
        for (long i = 0; i < count; i++) {
            rig.clock.advance(Duration.ofHours(1));
            var due = tasks.stream()
                    .filter(task -> !task.at().isAfter(rig.clock.instant()))
                    .toList();
            tasks.removeAll(due);
            due.forEach(task -> task.what().run());
        }
    }

    private void attended() {
        kept.there(Rig.SITE, Map.of("anna", "AVAILABLE"));
        rig.clock.advance(Duration.ofSeconds(20));
        kept.there(Rig.SITE, Map.of());
    }

    private int spans() {
        return kept.available(Rig.SITE, start, rig.clock.instant()).size();
    }

    @Test
    public void whenAgentsWereThereGoesAsTheSiteSays() {
        attended();
        rig.journal.settings().set(Rig.SITE, "webacd.attendance", Optional.of("2"), UUID.randomUUID(), "agent:root");
        hours(47);
        assertEquals(1, spans());
        hours(2);
        assertEquals(0, spans());
    }

    @Test
    public void forEverIsForEver() {
        attended();
        rig.journal.settings().set(Rig.SITE, "webacd.attendance", Optional.of("0"), UUID.randomUUID(), "agent:root");
        hours(24 * 401);
        assertEquals(1, spans());
    }

    @Test
    public void whoHelpedACustomerLastIsForgottenThoughNobodyIsHelpedAgain() {
        rig.book.known().helped(Rig.SITE, "hash", "anna", "customer:1", start);
        hours(24 * 90 - 1);
        assertEquals(Optional.of("anna"), rig.book.known().helper(Rig.SITE, "hash", Instant.EPOCH));
        hours(2);
        assertEquals(Optional.empty(), rig.book.known().helper(Rig.SITE, "hash", Instant.EPOCH));
    }

    @Test
    public void andWithTheAgentWhoHelped() {
        rig.book.known().helped(Rig.SITE, "hash", "anna", "customer:1", start);
        rig.journal.journal().erase(Rig.SITE, "agent:ben");
        assertEquals(Optional.of("anna"), rig.book.known().helper(Rig.SITE, "hash", Instant.EPOCH));
        rig.journal.journal().erase(Rig.SITE, "agent:anna");
        assertEquals(Optional.empty(), rig.book.known().helper(Rig.SITE, "hash", Instant.EPOCH));
    }
}
