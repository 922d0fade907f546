package org.example.odd.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.example.odd.CoinEvent;
import org.example.odd.CoinEvent.Side;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.sqlite.SQLiteDataSource;

import dev.tandem.journal.Answer;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.GoldenEvents;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.SiteId;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

public class CoinsTest {
    private static final SiteId SITE = new SiteId("acme");
    private static final SessionId SESSION = new SessionId(UUID.randomUUID());
    private static final ParticipantId ANNA = new ParticipantId(UUID.randomUUID());

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final TestClock clock = new TestClock();
    private JournalRuntime runtime;
    private Coins coins;

    @Before
    public void open() {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.getRoot().toPath().resolve("test.db"));
        runtime = JournalRuntime.open(source, clock);
        coins = new Coins(runtime.journal(), runtime.database(), (site, topic) -> {});
    }

    @After
    public void close() {
        coins.close();
        runtime.close();
    }

    @Test
    public void everyReleasedShapeIsRead() {
        GoldenEvents.check(CoinKind.EVENTS);
    }

    @Test
    public void aCoinLandsTwoSecondsAfterTheToss() {
        assertEquals(Coins.View.UNTOUCHED, coins.view(SITE, SESSION));
        toss(Side.HEADS);
        assertEquals(new Coins.View(0, 0, true, 1), coins.view(SITE, SESSION));
        assertEquals(0, runtime.fireDue());
        clock.advance(Coins.FLIGHT);
        runtime.fireDue();
        assertEquals(new Coins.View(1, 0, false, 2), coins.view(SITE, SESSION));
        toss(Side.TAILS);
        clock.advance(Coins.FLIGHT);
        runtime.fireDue();
        assertEquals(new Coins.View(1, 1, false, 4), coins.view(SITE, SESSION));
    }

    @Test
    public void aCoinInTheAirIsNotTossedAgain() {
        toss(Side.HEADS);
        assertTrue(toss(Side.TAILS) instanceof Answer.Refused);
    }

    @Test
    public void aCoinLandsAlsoWhenTheSliceWasStoppedMeanwhile() {
        var heard = new CopyOnWriteArrayList<Object>();
        toss(Side.HEADS);
        coins.close();
        clock.advance(Duration.ofHours(1));
        coins = new Coins(runtime.journal(), runtime.database(), (site, topic) -> {});
        runtime.fireDue();
        assertEquals(new Coins.View(1, 0, false, 2), coins.view(SITE, SESSION));
        try (var subscription = runtime.subscribe(subscriber(heard))) {
            runtime.settle();
            assertEquals(List.of(new CoinEvent.Landed(SITE, SESSION, Side.HEADS, ANNA)), heard);
        }
    }

    private Answer<?> toss(Side side) {
        return coins.toss(SITE, SESSION, ANNA, side, "agent:anna", UUID.randomUUID());
    }

    private static EventSubscriber subscriber(List<Object> heard) {
        return new EventSubscriber() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public void on(Published event) {
                heard.add(event.event());
            }
        };
    }
}
