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
import dev.tandem.session.Consent;
import dev.tandem.session.SessionEvent;
import dev.tandem.web.Caller;
import dev.tandem.web.MediaChannel.Receiver;
import dev.tandem.web.ProblemException;

public class CallDeskTest {
    private static final String CAN = "{\"op\":\"can\",\"voice\":true,\"video\":true}";
    private static final String JOIN = "{\"op\":\"join\",\"audio\":true,\"video\":false}";

    private final FakeSessions sessions = new FakeSessions();
    private final TestClock clock = new TestClock();
    private final CallDesk desk =
            new CallDesk(sessions, sessions.media, new IceServers(clock, new Nothing()), UUID::randomUUID, clock);
    private final FakePeer anna = new FakePeer();
    private final FakePeer ben = new FakePeer();
    private final FakePeer marie = new FakePeer();

    @After
    public void close() {
        desk.close();
    }

    private Receiver open(Caller caller, FakePeer peer) {
        return desk.open(caller, FakeSessions.SESSION.value(), "peer", peer);
    }

    private static String code(Runnable what) {
        return assertThrows(ProblemException.class, what::run).problem().code();
    }

    private void pass(java.time.Duration time) {
        clock.pass(time);
        desk.tick();
    }

    @Test
    public void agentsAndCustomersMayComeAndNobodyElse() {
        desk.ask(FakeSessions.ANNA, FakeSessions.SESSION.value());
        desk.ask(FakeSessions.MARIE, FakeSessions.SESSION.value());
        for (var other : List.of(FakeSessions.EVA, FakeSessions.STRANGER)) {
            assertThrows(ProblemException.class, () -> desk.ask(other, FakeSessions.SESSION.value()));
            assertThrows(ProblemException.class, () -> open(other, new FakePeer()));
        }
        assertEquals(
                "wrong-role",
                code(() -> desk.open(FakeSessions.ANNA, FakeSessions.SESSION.value(), "sender", new FakePeer())));
    }

    @Test
    public void anotherNodesSessionIsNotArrangedHere() {
        sessions.media.believes = false;
        assertEquals("elsewhere", code(() -> open(FakeSessions.ANNA, anna)));
    }

    @Test
    public void theFirstWhoJoinsStartsItAndTheSecondComesToIt() {
        var hers = open(FakeSessions.ANNA, anna);
        hers.text(CAN);
        assertFalse(sessions.isRunning());
        hers.text(JOIN);
        assertTrue(sessions.isRunning());
        open(FakeSessions.MARIE, marie).text(JOIN);
        assertEquals(List.of("start call"), sessions.commands);
        assertEquals(
                2,
                desk.ongoing(FakeSessions.SITE, FakeSessions.SESSION)
                        .orElseThrow()
                        .peers()
                        .size());
    }

    @Test
    public void whomTheSessionRefusesIsOutAgain() {
        sessions.busy = true;
        var hers = open(FakeSessions.ANNA, anna);
        assertEquals("busy", code(() -> hers.text(JOIN)));
        assertEquals(Optional.empty(), desk.ongoing(FakeSessions.SITE, FakeSessions.SESSION));
        assertEquals(1, anna.texts("gone").size());
    }

    @Test
    public void whatCannotBeUnderstoodAndFramesCloseTheSocket() {
        open(FakeSessions.ANNA, anna).text("{\"op\":\"join\"}");
        assertEquals("4400 not-understood", anna.closed.orElseThrow());
        open(FakeSessions.MARIE, marie).binary(java.nio.ByteBuffer.allocate(1));
        assertEquals("4403 texts-only", marie.closed.orElseThrow());
    }

    @Test
    public void whoSaysTooMuchIsRefused() {
        var hers = open(FakeSessions.ANNA, anna);
        assertEquals("too-fast", code(() -> {
            for (int word = 0; word < 1_000; word++) {
                hers.text(CAN);
            }
        }));
    }

    @Test
    public void anEmptyCallIsStoppedUnderTheLeaseOnce() {
        var hers = open(FakeSessions.ANNA, anna);
        hers.text(JOIN);
        hers.text("{\"op\":\"leave\"}");
        desk.tick();
        assertTrue(sessions.isRunning());
        pass(Room.EMPTY);
        assertFalse(sessions.isRunning());
        desk.tick();
        assertEquals(List.of("start call", "stop call by system"), sessions.commands);
    }

    @Test
    public void whoHasLostTheLeaseStopsNothing() {
        open(FakeSessions.ANNA, anna).text(JOIN);
        sessions.media.epoch++;
        desk.controlPassed(FakeSessions.SITE, FakeSessions.SESSION, FakeSessions.BEN_ID);
        pass(Room.VOICE);
        assertTrue(sessions.isRunning());
    }

    @Test
    public void W31_endsForEverybodyWithTheReasonIfTheNewControllerCannotTalk() {
        open(FakeSessions.ANNA, anna).text(JOIN);
        open(FakeSessions.MARIE, marie).text(JOIN);
        open(FakeSessions.BEN, ben).text("{\"op\":\"can\",\"voice\":false,\"video\":false}");
        desk.controlPassed(FakeSessions.SITE, FakeSessions.SESSION, FakeSessions.BEN_ID);
        desk.tick();
        assertTrue(sessions.isRunning());
        pass(Room.VOICE);
        assertFalse(sessions.isRunning());
        for (var page : List.of(anna, marie, ben)) {
            assertEquals(List.of("{\"op\":\"over\",\"reason\":\"no-voice\"}"), page.texts("over"));
        }
        // The session's own word of the stop says nothing new.
        desk.stopped(FakeSessions.SITE, FakeSessions.SESSION);
        assertEquals(1, anna.texts("over").size());
    }

    @Test
    public void W31_goesOnIfTheNewControllerCanTalk() {
        open(FakeSessions.ANNA, anna).text(JOIN);
        open(FakeSessions.BEN, ben).text(CAN);
        desk.controlPassed(FakeSessions.SITE, FakeSessions.SESSION, FakeSessions.BEN_ID);
        pass(Room.VOICE);
        assertTrue(sessions.isRunning());
        assertEquals(List.of(), anna.texts("over"));
    }

    @Test
    public void whatTheSessionHasStoppedIsOverForEverybody() {
        open(FakeSessions.ANNA, anna).text(JOIN);
        sessions.stop(FakeSessions.SITE, FakeSessions.SESSION, "call", "x", UUID.randomUUID());
        desk.stopped(FakeSessions.SITE, FakeSessions.SESSION);
        assertEquals(List.of("{\"op\":\"over\",\"reason\":\"ended\"}"), anna.texts("over"));
        assertTrue("may talk again", anna.closed.isEmpty());
    }

    @Test
    public void whoHasLeftTheSessionIsOut() {
        open(FakeSessions.ANNA, anna).text(JOIN);
        var hers = open(FakeSessions.MARIE, marie);
        hers.text(JOIN);
        sessions.leave("Marie Dupont");
        desk.recheck(FakeSessions.SITE, FakeSessions.SESSION);
        assertEquals("4403 not-in-session", marie.closed.orElseThrow());
        hers.closed();
        assertEquals("{\"op\":\"gone\",\"id\":2}", anna.last());
        assertTrue(anna.closed.isEmpty());
    }

    private void consent(SessionWatch watch, UUID id, Consent.State state) {
        var now = new Consent(
                id,
                "call",
                FakeSessions.MARIE_ID,
                Optional.of(FakeSessions.ANNA_ID),
                state,
                clock.instant(),
                Optional.empty());
        watch.on(new EventSubscriber.Published(
                FakeSessions.SITE,
                1,
                UUID.randomUUID(),
                FakeSessions.SESSION.value(),
                clock.instant(),
                new SessionEvent.ConsentChanged(FakeSessions.SITE, FakeSessions.SESSION, now)));
    }

    @Test
    public void whoTakesBackTheConsentOrWhoseTimeIsUpIsOutAndMayComeAgain() {
        var watch = new SessionWatch(desk);
        open(FakeSessions.ANNA, anna).text(JOIN);
        var hers = open(FakeSessions.MARIE, marie);
        for (var end : List.of(Consent.State.REVOKED, Consent.State.EXPIRED)) {
            var id = UUID.randomUUID();
            consent(watch, id, Consent.State.ASKED);
            consent(watch, id, Consent.State.GRANTED);
            hers.text(JOIN);
            consent(watch, id, end);
            assertEquals("{\"op\":\"gone\",\"id\":2}", anna.last());
        }
        assertEquals(2, marie.texts("out").size());
        assertTrue(sessions.isRunning());
    }

    @Test
    public void aQuestionThatNobodyAnswersTakesNothingFromWhoJoinedUnasked() {
        var watch = new SessionWatch(desk);
        open(FakeSessions.MARIE, marie).text(JOIN);
        var id = UUID.randomUUID();
        consent(watch, id, Consent.State.ASKED);
        consent(watch, id, Consent.State.EXPIRED);
        assertEquals(List.of(), marie.texts("out"));
    }

    @Test
    public void itEndsWithTheSession() {
        open(FakeSessions.ANNA, anna).text(JOIN);
        sessions.end();
        desk.recheck(FakeSessions.SITE, FakeSessions.SESSION);
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
