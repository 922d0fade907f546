package dev.tandem.call.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.After;
import org.junit.Test;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.session.Consent;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.testing.Cast;
import dev.tandem.session.testing.FakeSession;
import dev.tandem.session.testing.FakeSessions;
import dev.tandem.web.Caller;
import dev.tandem.web.MediaChannel.Receiver;
import dev.tandem.web.ProblemException;
import dev.tandem.web.testing.FakeMediaNodes;

public class CallDeskTest {
    private static final String CAN = "{\"op\":\"can\",\"voice\":true,\"video\":true}";
    private static final String JOIN = "{\"op\":\"join\",\"audio\":true,\"video\":false}";

    private final TestClock clock = new TestClock();
    private final FakeMediaNodes media = new FakeMediaNodes();
    private final FakeSessions sessions = new FakeSessions(clock, media::holds);
    private final FakeSession session = Cast.in(sessions);
    private final CallDesk desk =
            new CallDesk(sessions, media, new IceServers(clock, new Nothing()), UUID::randomUUID, clock);
    private final FakePeer anna = new FakePeer();
    private final FakePeer ben = new FakePeer();
    private final FakePeer marie = new FakePeer();

    @After
    public void close() {
        desk.close();
    }

    private Receiver open(Caller caller, FakePeer peer) {
        return desk.open(caller, Cast.SESSION.value(), "peer", peer);
    }

    private static String code(Runnable what) {
        return assertThrows(ProblemException.class, what::run).problem().code();
    }

    private void pass(java.time.Duration time) {
        clock.advance(time);
        desk.tick();
    }

    @Test
    public void agentsAndCustomersMayComeAndNobodyElse() {
        desk.ask(Cast.ANNA, Cast.SESSION.value());
        desk.ask(Cast.MARIE, Cast.SESSION.value());
        for (var other : List.of(Cast.EVA, Cast.STRANGER)) {
            assertThrows(ProblemException.class, () -> desk.ask(other, Cast.SESSION.value()));
            assertThrows(ProblemException.class, () -> open(other, new FakePeer()));
        }
        assertEquals("wrong-role", code(() -> desk.open(Cast.ANNA, Cast.SESSION.value(), "sender", new FakePeer())));
    }

    @Test
    public void anotherNodesSessionIsNotArrangedHere() {
        media.believes = false;
        assertEquals("elsewhere", code(() -> open(Cast.ANNA, anna)));
    }

    @Test
    public void theFirstWhoJoinsStartsItAndTheSecondComesToIt() {
        var hers = open(Cast.ANNA, anna);
        hers.text(CAN);
        assertFalse(session.running());
        hers.text(JOIN);
        assertTrue(session.running());
        assertEquals(
                "a change of control leaves it",
                Scope.SESSION,
                session.now().activity("call").orElseThrow().scope());
        open(Cast.MARIE, marie).text(JOIN);
        assertEquals(List.of("start call"), sessions.commands);
        assertEquals(
                2, desk.ongoing(Cast.SITE, Cast.SESSION).orElseThrow().peers().size());
    }

    @Test
    public void whomTheSessionRefusesIsOutAgain() {
        sessions.busy = true;
        var hers = open(Cast.ANNA, anna);
        assertEquals("busy", code(() -> hers.text(JOIN)));
        assertEquals(Optional.empty(), desk.ongoing(Cast.SITE, Cast.SESSION));
        assertEquals(1, anna.texts("gone").size());
    }

    @Test
    public void whatCannotBeUnderstoodAndFramesCloseTheSocket() {
        open(Cast.ANNA, anna).text("{\"op\":\"join\"}");
        assertEquals("4400 not-understood", anna.closed.orElseThrow());
        open(Cast.MARIE, marie).binary(java.nio.ByteBuffer.allocate(1));
        assertEquals("4403 texts-only", marie.closed.orElseThrow());
    }

    @Test
    public void whoSaysTooMuchIsRefused() {
        var hers = open(Cast.ANNA, anna);
        assertEquals("too-fast", code(() -> {
            for (int word = 0; word < 1_000; word++) {
                hers.text(CAN);
            }
        }));
    }

    @Test
    public void anEmptyCallIsStoppedUnderTheLeaseOnce() {
        var hers = open(Cast.ANNA, anna);
        hers.text(JOIN);
        hers.text("{\"op\":\"leave\"}");
        desk.tick();
        assertTrue(session.running());
        pass(Room.EMPTY);
        assertFalse(session.running());
        desk.tick();
        assertEquals(List.of("start call", "stop call by system"), sessions.commands);
    }

    @Test
    public void whoHasLostTheLeaseStopsNothing() {
        open(Cast.ANNA, anna).text(JOIN);
        media.epoch++;
        desk.controlPassed(Cast.SITE, Cast.SESSION, Cast.BEN_ID);
        pass(Room.VOICE);
        assertTrue(session.running());
    }

    @Test
    public void W31_endsForEverybodyWithTheReasonIfTheNewControllerCannotTalk() {
        open(Cast.ANNA, anna).text(JOIN);
        open(Cast.MARIE, marie).text(JOIN);
        open(Cast.BEN, ben).text("{\"op\":\"can\",\"voice\":false,\"video\":false}");
        desk.controlPassed(Cast.SITE, Cast.SESSION, Cast.BEN_ID);
        desk.tick();
        assertTrue(session.running());
        pass(Room.VOICE);
        assertFalse(session.running());
        for (var page : List.of(anna, marie, ben)) {
            assertEquals(List.of("{\"op\":\"over\",\"reason\":\"no-voice\"}"), page.texts("over"));
        }
        // The session's own word of the stop says nothing new.
        desk.stopped(Cast.SITE, Cast.SESSION);
        assertEquals(1, anna.texts("over").size());
    }

    @Test
    public void W31_goesOnIfTheNewControllerCanTalk() {
        open(Cast.ANNA, anna).text(JOIN);
        open(Cast.BEN, ben).text(CAN);
        desk.controlPassed(Cast.SITE, Cast.SESSION, Cast.BEN_ID);
        pass(Room.VOICE);
        assertTrue(session.running());
        assertEquals(List.of(), anna.texts("over"));
    }

    @Test
    public void whatTheSessionHasStoppedIsOverForEverybody() {
        open(Cast.ANNA, anna).text(JOIN);
        sessions.stop(Cast.SITE, Cast.SESSION, "call", "x", UUID.randomUUID());
        desk.stopped(Cast.SITE, Cast.SESSION);
        assertEquals(List.of("{\"op\":\"over\",\"reason\":\"ended\"}"), anna.texts("over"));
        assertTrue("may talk again", anna.closed.isEmpty());
    }

    @Test
    public void whoHasLeftTheSessionIsOut() {
        open(Cast.ANNA, anna).text(JOIN);
        var hers = open(Cast.MARIE, marie);
        hers.text(JOIN);
        session.leave(Cast.MARIE_ID);
        desk.recheck(Cast.SITE, Cast.SESSION);
        assertEquals("4403 not-in-session", marie.closed.orElseThrow());
        hers.closed();
        assertEquals("{\"op\":\"gone\",\"id\":2}", anna.last());
        assertTrue(anna.closed.isEmpty());
    }

    private void consent(SessionWatch watch, UUID id, Consent.State state) {
        var now = new Consent(
                id, "call", Cast.MARIE_ID, Optional.of(Cast.ANNA_ID), state, clock.instant(), Optional.empty());
        watch.on(new EventSubscriber.Published(
                Cast.SITE,
                1,
                UUID.randomUUID(),
                Cast.SESSION.value(),
                clock.instant(),
                new SessionEvent.ConsentChanged(Cast.SITE, Cast.SESSION, now)));
    }

    @Test
    public void whoTakesBackTheConsentOrWhoseTimeIsUpIsOutAndMayComeAgain() {
        var watch = new SessionWatch(desk);
        open(Cast.ANNA, anna).text(JOIN);
        var hers = open(Cast.MARIE, marie);
        for (var end : List.of(Consent.State.REVOKED, Consent.State.EXPIRED)) {
            var id = UUID.randomUUID();
            consent(watch, id, Consent.State.ASKED);
            consent(watch, id, Consent.State.GRANTED);
            hers.text(JOIN);
            consent(watch, id, end);
            assertEquals("{\"op\":\"gone\",\"id\":2}", anna.last());
        }
        assertEquals(2, marie.texts("out").size());
        assertTrue(session.running());
    }

    @Test
    public void aQuestionThatNobodyAnswersTakesNothingFromWhoJoinedUnasked() {
        var watch = new SessionWatch(desk);
        open(Cast.MARIE, marie).text(JOIN);
        var id = UUID.randomUUID();
        consent(watch, id, Consent.State.ASKED);
        consent(watch, id, Consent.State.EXPIRED);
        assertEquals(List.of(), marie.texts("out"));
    }

    @Test
    public void itEndsWithTheSession() {
        open(Cast.ANNA, anna).text(JOIN);
        session.end();
        desk.recheck(Cast.SITE, Cast.SESSION);
        assertEquals(List.of("{\"op\":\"over\",\"reason\":\"ended\"}"), anna.texts("over"));
        assertEquals("4403 session-ended", anna.closed.orElseThrow());
    }

    private static final class Nothing implements IceServers.Config {
        @Override
        public String stun() {
            return "";
        }

        @Override
        public String turn() {
            return "";
        }

        @Override
        public String turnSecret() {
            return "";
        }

        @Override
        public long turnLifetime() {
            return 60;
        }

        @Override
        public String transportPolicy() {
            return "all";
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return IceServers.Config.class;
        }
    }
}
