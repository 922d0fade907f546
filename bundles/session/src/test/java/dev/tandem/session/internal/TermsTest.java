package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.After;
import org.junit.Test;

import dev.tandem.journal.Answer;
import dev.tandem.session.Consent;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSessions;
import dev.tandem.session.SupportSessions.Entered;
import dev.tandem.session.SupportSessions.Start;
import dev.tandem.session.Terms;
import dev.tandem.session.internal.Views.CustomerView;

/** What whoever routes a session says of it, and what the customer is asked at the start. */
public class TermsTest {
    private static final URI PUBLIC = URI.create("https://help.example.org");
    private static final Terms TERMS = new Terms(
            Optional.of(ZoneId.of("Asia/Tokyo")),
            Set.of("system-information"),
            Optional.of(URI.create("https://help.example.org/start")));

    private final World world = new World();

    @After
    public void close() {
        world.close();
    }

    @Test
    public void WX2_theCustomerIsAskedInTheAgentsNameInTheMomentTheAgentTakesIt() {
        var entered = open(Terms.NONE);
        accepted(take(entered, new Start(Optional.empty(), List.of("screen", "call", "screen"))));
        var now = session(entered);
        var ben = now.controller();
        assertEquals(
                List.of("screen", "call"),
                now.consents().stream().map(Consent::capability).toList());
        for (var consent : now.consents()) {
            assertEquals("asked, not given", Consent.State.ASKED, consent.state());
            assertEquals(ben, consent.by());
            assertEquals(entered.customer(), consent.of());
            assertTrue(consent.until().isPresent());
        }
        assertFalse(now.granted(entered.customer(), "screen", world.clock.instant()));
        assertTrue("nothing has begun", now.activities().isEmpty());
    }

    @Test
    public void WX2_aQuestionAtTheStartLapsesAsAnyOther() {
        var entered = open(Terms.NONE);
        var caller = world.tokens.recognise(entered.token()).orElseThrow();
        world.new Page(caller, caller.session(), UUID.randomUUID()).open();
        accepted(take(entered, new Start(Optional.empty(), List.of("screen"))));
        world.clock.advance(world.settings.consentWait(World.SITE).plusSeconds(1));
        world.runtime.fireDue();
        assertEquals(Consent.State.EXPIRED, session(entered).consents().get(0).state());
    }

    @Test
    public void WX2_whatIsOffIsRefusedToEverybodyAndNotAskedFor() {
        var entered = open(Terms.NONE);
        accepted(take(entered, new Start(Optional.of(TERMS), List.of("system-information", "screen"))));
        var now = session(entered);
        assertEquals(
                List.of("screen"),
                now.consents().stream().map(Consent::capability).toList());
        var ben = now.controller().orElseThrow();
        refused(
                "switched-off",
                world.sessions.ask(
                        World.SITE, now.id(), "system-information", entered.customer(), ben, UUID.randomUUID()));
        for (var by : List.of(ben, entered.customer())) {
            refused(
                    "switched-off",
                    world.sessions.start(
                            World.SITE, now.id(), "system-information", by, Scope.SESSION, UUID.randomUUID()));
        }
        accepted(world.sessions.ask(World.SITE, now.id(), "call", entered.customer(), ben, UUID.randomUUID()));
    }

    @Test
    public void WX2_theTermsGoOnThroughATransferUntilOthersAreSaid() {
        var entered = open(TERMS);
        assertEquals(TERMS, session(entered).terms());
        accepted(take(entered, Start.PLAIN));
        assertEquals(TERMS, session(entered).terms());
        var ben = session(entered).controller().orElseThrow();
        accepted(world.sessions.handOver(World.SITE, entered.session(), ben, UUID.randomUUID()));
        accepted(take(entered, new Start(Optional.of(Terms.NONE), List.of())));
        assertEquals(Terms.NONE, session(entered).terms());
    }

    @Test
    public void WX4_bothSidesSeeTheZoneAndThePage() {
        var entered = open(TERMS);
        var seen = (CustomerView) world.views.of(
                world.tokens.recognise(entered.token()).orElseThrow(),
                entered.session().value());
        assertEquals(Optional.of("Asia/Tokyo"), seen.terms().zone());
        assertEquals(TERMS.page(), seen.terms().page());
        accepted(take(entered, Start.PLAIN));
        var bens = world.control.mine(World.BEN).get(0);
        assertEquals(seen.terms(), bens.terms());
        assertEquals(List.of("system-information"), bens.terms().off());
    }

    @Test
    public void WX6_whoIsInControlOfWhatIsReadInOneGo() {
        var view = world.start();
        world.join(view);
        var entered = open(Terms.NONE);
        var annas = new SupportSessions.Controlled(new SessionId(view.id()), World.ANNA.id());
        assertEquals("nobody has the one that waits", List.of(annas), world.sessions.controlled(World.SITE));
        accepted(take(entered, Start.PLAIN));
        var bens = new SupportSessions.Controlled(entered.session(), World.BEN.id());
        assertEquals(List.of(annas, bens), world.sessions.controlled(World.SITE));
        accepted(world.sessions.handOver(World.SITE, annas.session(), new ParticipantId(view.me()), UUID.randomUUID()));
        assertEquals(List.of(bens), world.sessions.controlled(World.SITE));
        world.agents.end(World.BEN, entered.session().value(), UUID.randomUUID());
        assertEquals(List.of(), world.sessions.controlled(World.SITE));
    }

    @Test
    public void anOrdinarySessionHasNoTerms() {
        var view = world.start();
        assertEquals(new Views.TermsView(Optional.empty(), List.of(), Optional.empty()), view.terms());
    }

    @Test
    public void aPageIsOneOfTheWeb() {
        for (var bad :
                List.of("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https:relative", "/x")) {
            assertThrows(
                    bad,
                    IllegalArgumentException.class,
                    () -> new Terms(Optional.empty(), Set.of(), Optional.of(URI.create(bad))));
        }
    }

    private Entered open(Terms terms) {
        return world.sessions
                .open(World.SITE, Optional.of("Marie"), terms, PUBLIC, UUID.randomUUID())
                .orElseThrow(r -> new IllegalStateException(r.code()));
    }

    private Answer<?> take(Entered entered, Start start) {
        return world.sessions.take(World.SITE, entered.session(), World.BEN.id(), "Ben Cole", start, UUID.randomUUID());
    }

    private SupportSession session(Entered entered) {
        return world.sessions.find(World.SITE, entered.session()).orElseThrow();
    }

    private static void accepted(Answer<?> answer) {
        assertTrue(answer.toString(), answer instanceof Answer.Accepted<?>);
    }

    private static void refused(String code, Answer<?> answer) {
        assertTrue(
                answer.toString(),
                answer instanceof Answer.Refused<?> r && r.refusal().code().equals(code));
    }
}
