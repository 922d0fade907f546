package dev.tandem.webacd.internal.transfer;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.platform.AgentId;
import dev.tandem.session.Consent;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;
import dev.tandem.session.Terms;
import dev.tandem.session.testing.Cast;
import dev.tandem.session.testing.FakeSessions;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.WorkRequest;
import dev.tandem.webacd.internal.config.FixedRouting;
import dev.tandem.webacd.internal.config.QueueConfig.FormField;
import dev.tandem.webacd.internal.config.QueueConfig.Start;
import dev.tandem.webacd.internal.config.RoutingFault;
import dev.tandem.webacd.internal.router.Rig;
import dev.tandem.webacd.internal.work.WorkDesk;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/** How a queue's sessions begin, what agents have beside them, and who knows a customer; over a real journal. */
public class BeginningsTest {
    private static final Start PLAIN = new Start(Start.Screen.NONE, Optional.empty(), false, true, true, true);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final FixedRouting routing = new FixedRouting();
    private Rig rig;
    private FakeSessions sessions;
    private OtherSessions besides;
    private SessionSource source;
    private Acquaintances known;
    private QueueId printers;
    private AgentId ben;

    @Before
    public void open() {
        rig = new Rig(folder.getRoot().toPath(), 1);
        ben = rig.plans.agent("ben", 1);
        printers = rig.plans.queue("printers", ben);
        rig.plans.changed();
        sessions = new FakeSessions(rig.clock);
        begin();
        queue(PLAIN);
    }

    private void begin() {
        source = new SessionSource(
                sessions,
                rig.book,
                rig.desk,
                rig.directory(),
                rig.plans,
                new Notes(),
                new Beginnings(routing),
                rig.clock);
        known = EntryDesks.known(rig, sessions, routing);
        rig.journal.subscribe(source);
        rig.journal.subscribe(known);
        besides = new OtherSessions(sessions, rig.book);
        rig.others.add(besides);
        rig.settle();
    }

    private void queue(Start start) {
        var mail = new FormField("mail", Map.of("en", "E-mail"), FormField.Type.EMAIL, List.of(), false, 200, true);
        routing.queue(printers, "printers", "Asia/Tokyo", start, List.of(mail));
    }

    @After
    public void close() {
        rig.close();
    }

    private record Come(SupportSessions.Entered entered, WorkItemId item) {}

    private Come come(String mail) {
        var entered = sessions.open(
                        Rig.SITE,
                        Optional.of("Marie"),
                        new Beginnings(routing).terms(Rig.SITE, printers),
                        java.net.URI.create("https://x"),
                        UUID.randomUUID())
                .orElseThrow(r -> new IllegalStateException(r.code()));
        var answers = mail.isEmpty() ? Map.<String, String>of() : Map.of("mail", mail);
        var form = routing.of(Rig.SITE)
                .queue(printers)
                .orElseThrow()
                .config()
                .entry()
                .fields();
        var request = new WorkRequest(
                Rig.SITE,
                SessionSource.KIND,
                entered.session().toString(),
                new Target.Queue(printers),
                "Marie",
                "",
                "en",
                Map.of(EntryDesk.ENTRY, "printers"),
                0,
                Map.of(),
                "",
                answers,
                known.helper(Rig.SITE, form, answers));
        var subject = "customer:" + entered.customer();
        var item = rig.desk
                .submit(request, new WorkDesk.By(subject, Optional.empty(), subject), UUID.randomUUID())
                .orElseThrow(r -> new IllegalStateException(r.code()));
        rig.settle();
        return new Come(entered, item);
    }

    private SupportSession session(Come come) {
        return sessions.find(Rig.SITE, come.entered().session()).orElseThrow();
    }

    private void ended(Come come) {
        sessions.session(come.entered().session()).end(SupportSession.EndReason.BY_AGENT);
        rig.desk.finish(Rig.SITE, come.item(), UUID.randomUUID());
        // The wrap-up goes by, too.
        rig.pass(Duration.ofMinutes(2));
    }

    /** Somebody has told that what agents have besides is another. */
    private void count() {
        rig.pass(Duration.ofSeconds(16));
    }

    @Test
    public void WX2_theQueueSaysWhatTheCustomerIsAskedForAndWhatIsOff() {
        queue(new Start(Start.Screen.CONTROL, Optional.of("https://help.example.org/start"), true, false, false, true));
        var come = come("");
        assertTrue(session(come).consents().isEmpty());
        assertEquals(Optional.of(ZoneId.of("Asia/Tokyo")), session(come).terms().zone());
        rig.accept(come.item(), "ben");
        var now = session(come);
        assertEquals(
                List.of("screen", "call"),
                now.consents().stream().map(Consent::capability).toList());
        assertTrue(now.consents().stream().allMatch(one -> one.state() == Consent.State.ASKED));
        assertEquals(Set.of("system-information", "scripts"), now.terms().off());
        assertEquals(
                "https://help.example.org/start",
                now.terms().page().orElseThrow().toString());
    }

    @Test
    public void WX2_aPlainQueueAsksForNothing() {
        var come = come("");
        rig.accept(come.item(), "ben");
        assertTrue(session(come).consents().isEmpty());
        assertEquals(
                new Terms(Optional.of(ZoneId.of("Asia/Tokyo")), Set.of(), Optional.empty()),
                session(come).terms());
    }

    @Test
    public void WX2_whoWasAskedByNameTakesItAsItWas() {
        var start = new Beginnings(routing).start(Rig.SITE, Optional.empty());
        assertEquals(SupportSessions.Start.PLAIN, start);
    }

    @Test
    public void WX6_aSessionBegunOtherwiseTakesAPlaceAndGivesItBack() {
        var own = sessions.open(Rig.SITE, Cast.agent("ben"), Cast.customer("Paul"));
        count();
        var come = come("");
        assertEquals("ben has his own", Phase.WAITING, rig.state(come.item()).phase());
        own.end();
        count();
        assertEquals(List.of("ben"), rig.asked(come.item()));
    }

    @Test
    public void WX6_alsoARouterThatHasJustComeCountsIt() {
        var own = sessions.open(Rig.SITE, Cast.agent("ben"), Cast.customer("Paul"));
        var come = come("");
        if (rig.state(come.item()).phase() == Phase.OFFERED) {
            rig.decline(come.item(), "ben");
        }
        rig.others.remove(besides);
        rig.crash();
        begin();
        rig.pass(Duration.ofSeconds(60));
        assertEquals(Phase.WAITING, rig.state(come.item()).phase());
        own.end();
        count();
        assertEquals(List.of("ben"), rig.asked(come.item()));
    }

    @Test
    public void WX6_whatWebacdGaveIsNotCountedTwice() {
        rig.plans.agents.put(ben, new dev.tandem.webacd.internal.work.Plans.AgentPlan(ben, 2, true, Map.of()));
        rig.plans.changed();
        var first = come("");
        rig.accept(first.item(), "ben");
        assertEquals(Map.of(), besides.of(Rig.SITE));
        count();
        var second = come("");
        assertEquals(List.of("ben"), rig.asked(second.item()));
    }

    @Test
    public void whoLeavesASessionToAColleagueHasDoneTheWork() {
        var come = come("");
        rig.accept(come.item(), "ben");
        var live = sessions.session(come.entered().session());
        var carla = live.join(Cast.agent("carla"));
        var mine = session(come).controller().orElseThrow();
        live.pass(carla.id());
        published(come, mine);
        assertEquals("ben still assists", Phase.ASSIGNED, rig.state(come.item()).phase());
        live.leave(mine);
        published(come, mine);
        assertEquals(Phase.WRAP_UP, rig.state(come.item()).phase());
        assertEquals(Map.of(new AgentId("carla"), 1), besides.of(Rig.SITE));
    }

    private void published(Come come, ParticipantId left) {
        var event = new dev.tandem.session.SessionEvent.Left(
                Rig.SITE, come.entered().session(), left);
        source.on(new dev.tandem.journal.EventSubscriber.Published(
                Rig.SITE, 1, UUID.randomUUID(), UUID.randomUUID(), rig.clock.instant(), event));
        rig.settle();
    }

    @Test
    public void whoHasHelpedLastIsPreferredHoweverTheAddressIsTyped() {
        var first = come("Marie.Dupont@example.org");
        rig.accept(first.item(), "ben");
        ended(first);
        var again = come(" marie.dupont@EXAMPLE.org ");
        assertEquals(
                Optional.of(ben),
                rig.desk.find(Rig.SITE, again.item()).orElseThrow().request().preferred());
        assertEquals(
                "another one is a stranger",
                Optional.empty(),
                rig.desk
                        .find(Rig.SITE, come("paul@example.org").item())
                        .orElseThrow()
                        .request()
                        .preferred());
        rig.plans.agents.remove(ben);
        assertEquals(
                "who gets no work any more is not waited for",
                Optional.empty(),
                rig.desk
                        .find(Rig.SITE, come("marie.dupont@example.org").item())
                        .orElseThrow()
                        .request()
                        .preferred());
    }

    @Test
    public void anErasedVisitIsNoLongerKnownAndAnOldOneNeither() {
        var first = come("marie@example.org");
        rig.accept(first.item(), "ben");
        ended(first);
        assertTrue(preferred("marie@example.org"));
        rig.journal.journal().erase(Rig.SITE, "customer:" + first.entered().customer());
        assertFalse("erased", preferred("marie@example.org"));

        var second = come("paul@example.org");
        rig.accept(second.item(), "ben");
        ended(second);
        assertTrue(preferred("paul@example.org"));
        rig.clock.advance(Acquaintances.KEPT.plusSeconds(60));
        assertFalse("long ago", preferred("paul@example.org"));
    }

    private boolean preferred(String mail) {
        var form = routing.of(Rig.SITE)
                .queue(printers)
                .orElseThrow()
                .config()
                .entry()
                .fields();
        return known.helper(Rig.SITE, form, Map.of("mail", mail)).isPresent();
    }

    @Test
    public void oneQuestionAtMostRecognisesAndOnlyOneThatCan() {
        var mail = new FormField("mail", Map.of("en", "E"), FormField.Type.EMAIL, List.of(), false, 99, true);
        var name = new FormField("name", Map.of("en", "N"), FormField.Type.TEXT, List.of(), false, 99, true);
        var kind = new FormField("kind", Map.of("en", "K"), FormField.Type.CHOICE, List.of("a"), false, 99, true);
        for (var bad : List.of(List.of(mail, name), List.of(kind))) {
            var fault = assertThrows(RoutingFault.class, () -> routing.queue(printers, "printers", "UTC", PLAIN, bad));
            assertTrue(fault.field().orElseThrow().endsWith("recognises"));
        }
    }
}
