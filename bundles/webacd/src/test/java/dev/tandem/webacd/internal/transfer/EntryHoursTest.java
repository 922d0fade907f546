package dev.tandem.webacd.internal.transfer;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.session.testing.FakeSessions;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.config.FixedRouting;
import dev.tandem.webacd.internal.config.QueueConfig;
import dev.tandem.webacd.internal.router.Rig;

/** What a queue's link says of its hours. */
public class EntryHoursTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final FixedRouting routing = new FixedRouting();
    private Rig rig;
    private EntryDesk desk;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath(), 1);
        QueueId printers = rig.plans.queue("printers", rig.plans.agent("ben", 1));
        rig.plans.changed();
        var office = List.of(new QueueConfig.Times("08:00", "17:00"));
        routing.queue(
                printers,
                "printers",
                new QueueConfig.Hours("Europe/Zurich", Collections.nCopies(7, office), List.of()),
                new QueueConfig.Start(QueueConfig.Start.Screen.NONE, Optional.empty(), false, true, true, true),
                List.of());
        var sessions = new FakeSessions(rig.clock);
        desk = EntryDesks.of(rig, sessions, routing);
    }

    @After
    public void close() {
        rig.close();
    }

    private void at(String instant) {
        rig.clock.advance(Duration.between(rig.clock.instant(), Instant.parse(instant)));
    }

    private String told() {
        var view = desk.look(Rig.SITE, "printers");
        return (view.open() ? "open until " : "closed until ") + view.changes().orElseThrow();
    }

    @Test
    public void WX4_itOpensByTheWatchOnTheWallAlsoOnTheDayWhenClocksArePutForwardAndBack() {
        at("2027-03-27T06:59:59Z");
        assertEquals("closed until 2027-03-27T07:00:00Z", told());
        at("2027-03-27T16:00:00Z");
        assertEquals("closed until 2027-03-28T06:00:00Z", told());
        at("2027-03-28T06:00:00Z");
        assertEquals("open until 2027-03-28T15:00:00Z", told());
        at("2027-10-30T15:00:00Z");
        assertEquals("closed until 2027-10-31T07:00:00Z", told());
        at("2027-10-31T06:59:59Z");
        assertEquals("closed until 2027-10-31T07:00:00Z", told());
        at("2027-10-31T07:00:00Z");
        assertEquals("open until 2027-10-31T16:00:00Z", told());
    }
}
