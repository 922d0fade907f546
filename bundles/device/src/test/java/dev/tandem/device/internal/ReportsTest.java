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
import dev.tandem.platform.SiteId;
import dev.tandem.session.Consent.State;
import dev.tandem.session.Participant;
import dev.tandem.session.SupportSessions.Membership;
import dev.tandem.session.testing.Cast;
import dev.tandem.session.testing.FakeSession;
import dev.tandem.session.testing.FakeSessions;

public class ReportsTest {
    private static final List<Item> ITEMS = List.of(new Item("os", "Linux"), new Item("memory", "8 GB"));

    private static final SiteId ACME = new SiteId("acme");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final TestClock clock = new TestClock();
    private final FakeSessions sessions = new FakeSessions(clock);
    private final Participant anna = Cast.agent("anna");
    private final Participant ben = Cast.agent("ben");
    private final Participant marie = Cast.customer("Marie Dupont");
    private final Participant paul = Cast.customer("Paul Roux");
    private final FakeSession session = sessions.open(ACME, anna, ben, marie, paul);
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
                sessions,
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
        assertEquals(Optional.empty(), refusal(refresh(anna)));
        assertEquals(List.of("system-information of " + marie.id()), sessions.asked);
        assertEquals(Optional.of("not-allowed"), refusal(tell(marie)));
        assertFalse(views.of(place(marie)).wanted());
        marieSays(State.DENIED);
        assertEquals(Optional.of("not-allowed"), refusal(tell(marie)));
        assertEquals(List.of(), views.of(place(anna)).reports());
    }

    @Test
    public void WX7_withTheConsentThePageTellsAndAgentsSee() {
        marieSays(State.GRANTED);
        assertTrue("once allowed the page is to tell", views.of(place(marie)).wanted());
        assertEquals(Optional.empty(), refusal(tell(marie)));
        assertFalse(views.of(place(marie)).wanted());
        for (var agent : List.of(anna, ben)) {
            var seen = views.of(place(agent)).reports();
            assertEquals(ITEMS, seen.get(0).items());
            assertEquals(marie.id().value(), seen.get(0).of());
        }
        assertEquals(
                "another customer sees nothing of it",
                List.of(),
                views.of(place(paul)).reports());
        assertTrue(rung.contains("device/" + session.id()));
    }

    @Test
    public void WX7_aRefreshLetsThePageTellAnew() {
        marieSays(State.GRANTED);
        tell(marie);
        clock.advance(Duration.ofMinutes(1));
        assertEquals(Optional.empty(), refusal(refresh(anna)));
        assertTrue(views.of(place(marie)).wanted());
        clock.advance(Duration.ofSeconds(1));
        tell(marie);
        assertFalse(views.of(place(marie)).wanted());
        assertEquals(List.of(), sessions.asked);
    }

    @Test
    public void everyShapeEverStoredIsRead() {
        GoldenEvents.check(DeviceEvent.TYPES);
    }

    @Test
    public void onlyTheAgentInControlAsks() {
        assertEquals(Optional.of("not-controller"), refusal(refresh(ben)));
        assertEquals(Optional.of("unknown"), refusal(refresh(marie)));
    }

    @Test
    public void whatIsTakenBackIsNotShownAnyMore() {
        marieSays(State.GRANTED);
        tell(marie);
        marieSays(State.ENDED);
        assertEquals(1, views.of(place(anna)).reports().size());
        marieSays(State.REVOKED);
        assertEquals(List.of(), views.of(place(anna)).reports());
    }

    @Test
    public void aReportOutlivesTheBundleAndGoesWithThePerson() {
        marieSays(State.GRANTED);
        tell(marie);
        reports.close();
        begin();
        assertEquals(1, views.of(place(anna)).reports().size());
        journal.journal().erase(ACME, "customer:" + marie.id());
        assertEquals(List.of(), views.of(place(anna)).reports());
        assertTrue(journal.journal().verify(ACME).ok());
    }

    @Test
    public void theNumberOfTheTopicAscendsWithBothStreams() {
        long before = views.number(place(anna));
        marieSays(State.GRANTED);
        long allowed = views.number(place(anna));
        tell(marie);
        assertTrue(before < allowed && allowed < views.number(place(anna)));
    }

    private void marieSays(State now) {
        session.answer(marie.id(), "system-information", now);
    }

    private Membership place(Participant who) {
        return new Membership(session.now(), who);
    }

    private Answer<?> refresh(Participant by) {
        return reports.refresh(ACME, session.id(), by.id(), UUID.randomUUID());
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
