package dev.tandem.screen.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.Test;

import dev.tandem.journal.EventSubscriber.Published;
import dev.tandem.screen.ScreenSharing.Line;
import dev.tandem.screen.ScreenSharing.Shared;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SessionEvent.ControlPassed;
import dev.tandem.session.SessionEvent.CustomerSelected;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.testing.Cast;
import dev.tandem.web.Caller;
import dev.tandem.web.MediaChannel.Receiver;
import dev.tandem.web.ProblemException;

/** For whom, and for how long, something is shared. */
public class RelayGrantTest extends RelayScene {
    private final FakePeer anna = new FakePeer();
    private final FakePeer eva = new FakePeer();

    private void hear(SessionEvent event) {
        new SessionWatch(relay)
                .on(new Published(Cast.SITE, 1, new UUID(7, 7), Cast.SESSION.value(), clock.instant(), event));
    }

    private void passToBen() {
        session.pass(Cast.BEN_ID);
        hear(new ControlPassed(Cast.SITE, Cast.SESSION, Optional.of(Cast.ANNA_ID), Cast.BEN_ID, 2));
    }

    private void start(ParticipantId who) {
        sessions.start(Cast.SITE, Cast.SESSION, "screen", who, Scope.CUSTOMER, UUID.randomUUID());
    }

    private Receiver share(ParticipantId who, Caller caller, FakePeer peer) {
        start(who);
        var sender = open(caller, "sender", peer);
        sender.text(CONFIG);
        return sender;
    }

    @Test
    public void W18_whatTheControllerSharesIsRelayedToAllOthers() {
        var sender = share(Cast.ANNA_ID, Cast.ANNA, new FakePeer());
        var watching = List.of(new FakePeer(), new FakePeer(), new FakePeer(), new FakePeer());
        open(Cast.BEN, "viewer", watching.get(0));
        open(Cast.MARIE, "viewer", watching.get(1));
        open(Cast.PAUL, "viewer", watching.get(2));
        open(Cast.EVA, "viewer", watching.get(3));
        assertThrows("no view of the own screen", ProblemException.class, () -> watch(anna));
        sender.binary(key(0));
        for (var peer : watching) {
            assertEquals(List.of(0L), peer.sequences());
        }
        assertEquals(new Shared(Cast.ANNA_ID, Line.LIVE, 640, 480, 4), shared());
    }

    @Test
    public void W19_selectingAnotherCustomerClosesEverySocketAtOnce() {
        var sender = share();
        watch(anna);
        open(Cast.EVA, "viewer", eva);
        sender.binary(key(0));
        session.select(Cast.PAUL_ID);
        hear(new CustomerSelected(Cast.SITE, Cast.SESSION, Cast.PAUL_ID));
        sender.binary(delta(1));
        assertEquals(List.of(0L), anna.sequences());
        assertEquals(Optional.of("4403 screen-stopped"), marie.closed);
        assertEquals(Optional.of("4403 screen-stopped"), anna.closed);
        assertEquals(Optional.of("4403 screen-stopped"), eva.closed);
        assertTrue(relay.streams().isEmpty());
    }

    @Test
    public void W30_whatWasGrantedForAnEarlierEpochDoesNotPass() {
        var mine = new FakePeer();
        var sender = share(Cast.ANNA_ID, Cast.ANNA, mine);
        open(Cast.EVA, "viewer", eva);
        sender.binary(key(0));
        passToBen();
        sender.binary(delta(1));
        assertEquals(List.of(0L), eva.sequences());
        assertEquals(Optional.of("4403 screen-stopped"), mine.closed);
        assertEquals(Optional.of("4403 screen-stopped"), eva.closed);
    }

    /** The new grant is there before anybody has noticed that the old one has ended. */
    @Test
    public void W30_nothingOfTheOldGrantIsInTheNewOne() {
        var old = new FakePeer();
        var sender = share(Cast.MARIE_ID, Cast.MARIE, old);
        watch(anna);
        sender.binary(key(0));
        session.pass(Cast.BEN_ID);
        var next = share(Cast.MARIE_ID, Cast.MARIE, new FakePeer());
        assertTrue("the old line is closed", old.closed.isPresent());
        assertTrue("so is who watched it", anna.closed.isPresent());
        sender.binary(key(1));
        open(Cast.EVA, "viewer", eva);
        assertEquals("nor is the old picture shown", List.of(), eva.sequences());
        next.binary(key(7));
        assertEquals(List.of(7L), eva.sequences());
        assertEquals(List.of(0L), anna.sequences());
    }

    /** There and back, faster than anybody has noticed. */
    @Test
    public void W19_aNewStartIsANewGrantForTheSameCustomerToo() {
        var sender = share();
        watch(anna);
        sender.binary(key(0));
        session.select(Cast.PAUL_ID);
        session.select(Cast.MARIE_ID);
        var next = share(Cast.MARIE_ID, Cast.MARIE, new FakePeer());
        sender.binary(delta(1));
        next.binary(key(0));
        assertEquals(List.of(0L), anna.sequences());
        assertTrue(anna.closed.isPresent());
    }

    @Test
    public void B19_anOutsideViewerGetsFramesAndTellsHowTheyArrive() {
        var sender = share();
        var line = open(Cast.EVA, "viewer", eva);
        line.text("{\"op\":\"can\",\"codecs\":[\"vp8\"]}");
        line.text("{\"op\":\"look\",\"looking\":true}");
        line.text("{\"op\":\"beat\",\"now\":1,\"at\":1}");
        sender.binary(key(0));
        ack(line, 0);
        line.text(KEY);
        assertEquals(Optional.empty(), eva.closed);
        assertEquals(List.of(0L), eva.sequences());
    }

    @Test
    public void B19_whatElseAnOutsideViewerSaysClosesItsSocket() {
        var sender = share();
        for (var word :
                List.of(CONFIG, "{\"op\":\"input\",\"key\":\"a\"}", "{\"op\":\"viewers\"}", "{\"op\":\"stopped\"}")) {
            var peer = new FakePeer();
            var line = open(Cast.EVA, "viewer", peer);
            line.text(word);
            assertEquals(word, Optional.of("4403 view-only"), peer.closed);
            line.closed();
        }
        var peer = new FakePeer();
        open(Cast.EVA, "viewer", peer).binary(key(0));
        assertEquals(Optional.of("4403 bad-message"), peer.closed);
        sender.binary(key(0));
        assertEquals("the share goes on", 1, relay.counters().received());
        assertEquals(Optional.empty(), marie.closed);
    }

    @Test
    public void B19_anOutsideViewerWhoseLinkIsRevokedGetsNoFrameMore() {
        var sender = share();
        open(Cast.EVA, "viewer", eva);
        watch(anna);
        sender.binary(key(0));
        session.leave(Cast.EVA_ID);
        hear(new SessionEvent.Left(Cast.SITE, Cast.SESSION, Cast.EVA_ID));
        sender.binary(delta(1));
        assertEquals(List.of(0L), eva.sequences());
        assertEquals(Optional.of("4403 not-in-session"), eva.closed);
        assertEquals(List.of(0L, 1L), anna.sequences());
        assertThrows(ProblemException.class, () -> open(Cast.EVA, "viewer", new FakePeer()));
        assertThrows(ProblemException.class, () -> relay.ask(Cast.EVA, Cast.SESSION.value()));
    }

    /** Even if the session let one start. */
    @Test
    public void B19_anOutsideViewerNeverSends() {
        session.run("screen", Cast.EVA_ID, Scope.CUSTOMER);
        assertThrows(ProblemException.class, () -> open(Cast.EVA, "sender", eva));
    }
}
