package dev.tandem.device.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.sqlite.SQLiteDataSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.device.SystemInformation.Item;
import dev.tandem.journal.Answer;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.GoldenEvents;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.session.Consent.State;
import dev.tandem.session.Participant;

public class ReportsTest {
    private static final List<Item> ITEMS = List.of(new Item("os", "Linux"), new Item("memory", "8 GB"));

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final TestClock clock = new TestClock();
    private final OneSession session = new OneSession();
    private final List<String> rung = new ArrayList<>();
    private JournalRuntime journal;
    private Reports reports;
    private DeviceViews views;

    @Before
    public void open() {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.getRoot().toPath().resolve("test.db"));
        journal = JournalRuntime.open(source, clock);
        begin();
    }

    private void begin() {
        reports = new Reports(
                session,
                journal.journal(),
                journal.sealer(),
                clock,
                (site, topic) -> rung.add(topic),
                new ObjectMapper());
        views = new DeviceViews(reports);
    }

    @After
    public void close() {
        reports.close();
        journal.close();
    }

    @Test
    public void WX7_withoutAConsentTheCustomerIsAskedAndNothingIsTaken() {
        assertEquals(Optional.empty(), refusal(refresh(session.anna)));
        assertEquals(List.of("system-information of " + session.marie.id()), session.asked);
        assertEquals(Optional.of("not-allowed"), refusal(tell(session.marie)));
        assertFalse(views.of(session.of(session.marie)).wanted());
        session.consent(session.marie, State.DENIED, clock.instant());
        assertEquals(Optional.of("not-allowed"), refusal(tell(session.marie)));
        assertEquals(List.of(), views.of(session.of(session.anna)).reports());
    }

    @Test
    public void WX7_withTheConsentThePageTellsAndAgentsSee() {
        session.consent(session.marie, State.GRANTED, clock.instant());
        assertTrue(
                "once allowed the page is to tell",
                views.of(session.of(session.marie)).wanted());
        assertEquals(Optional.empty(), refusal(tell(session.marie)));
        assertFalse(views.of(session.of(session.marie)).wanted());
        for (var agent : List.of(session.anna, session.ben)) {
            var seen = views.of(session.of(agent)).reports();
            assertEquals(ITEMS, seen.get(0).items());
            assertEquals(session.marie.id().value(), seen.get(0).of());
        }
        assertEquals(
                "another customer sees nothing of it",
                List.of(),
                views.of(session.of(session.paul)).reports());
        assertTrue(rung.contains("device/" + session.id));
    }

    @Test
    public void WX7_aRefreshLetsThePageTellAnew() {
        session.consent(session.marie, State.GRANTED, clock.instant());
        tell(session.marie);
        clock.advance(Duration.ofMinutes(1));
        assertEquals(Optional.empty(), refusal(refresh(session.anna)));
        assertTrue(views.of(session.of(session.marie)).wanted());
        clock.advance(Duration.ofSeconds(1));
        tell(session.marie);
        assertFalse(views.of(session.of(session.marie)).wanted());
        assertEquals(List.of(), session.asked);
    }

    @Test
    public void everyShapeEverStoredIsRead() {
        GoldenEvents.check(DeviceEvent.TYPES);
    }

    @Test
    public void onlyTheAgentInControlAsks() {
        assertEquals(Optional.of("not-controller"), refusal(refresh(session.ben)));
        assertEquals(Optional.of("unknown"), refusal(refresh(session.marie)));
    }

    @Test
    public void whatIsTakenBackIsNotShownAnyMore() {
        session.consent(session.marie, State.GRANTED, clock.instant());
        tell(session.marie);
        session.consent(session.marie, State.ENDED, clock.instant());
        assertEquals(1, views.of(session.of(session.anna)).reports().size());
        session.consent(session.marie, State.REVOKED, clock.instant());
        assertEquals(List.of(), views.of(session.of(session.anna)).reports());
    }

    @Test
    public void aReportOutlivesTheBundleAndGoesWithThePerson() {
        session.consent(session.marie, State.GRANTED, clock.instant());
        tell(session.marie);
        reports.close();
        begin();
        assertEquals(1, views.of(session.of(session.anna)).reports().size());
        journal.journal().erase(OneSession.ACME, "customer:" + session.marie.id());
        assertEquals(List.of(), views.of(session.of(session.anna)).reports());
        assertTrue(journal.journal().verify(OneSession.ACME).ok());
    }

    @Test
    public void theNumberOfTheTopicAscendsWithBothStreams() {
        long before = views.number(session.of(session.anna));
        session.consent(session.marie, State.GRANTED, clock.instant());
        long allowed = views.number(session.of(session.anna));
        tell(session.marie);
        assertTrue(before < allowed && allowed < views.number(session.of(session.anna)));
    }

    private Answer<?> refresh(Participant by) {
        return reports.refresh(OneSession.ACME, session.id, by.id(), UUID.randomUUID());
    }

    private Answer<?> tell(Participant of) {
        return reports.tell(session.now(), of.id(), ITEMS, UUID.randomUUID());
    }

    private static Optional<String> refusal(Answer<?> answer) {
        return answer instanceof Answer.Refused<?> refused
                ? Optional.of(refused.refusal().code())
                : Optional.empty();
    }
}
