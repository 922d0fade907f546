package dev.tandem.web.internal.media;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.After;
import org.junit.Test;

import dev.tandem.web.Caller;
import dev.tandem.web.MediaChannel;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.Drain;
import dev.tandem.web.internal.FakeCluster;
import dev.tandem.web.internal.Fakes;
import dev.tandem.web.internal.Ticket;
import dev.tandem.web.testing.Steps;

public class MediaHubTest {
    private static final String HELLO = "{\"op\":\"hello\",\"ticket\":\"t\",\"role\":\"sender\"}";

    private final Steps closers = new Steps();
    private final Fakes.Timer timer = new Fakes.Timer();
    private final AtomicLong nanos = new AtomicLong();
    private final Map<String, Ticket> tickets = new HashMap<>(Map.of(
            "t", new Ticket.Media(Fakes.MARIE, Fakes.SESSION, "film"),
            "t2", new Ticket.Media(Fakes.MARIE, Fakes.SESSION, "film"),
            "expert", new Ticket.Media(Fakes.EXPERT, Fakes.SESSION, "film"),
            "live", new Ticket.Live(Fakes.MARIE)));
    private final FakeCluster cluster = new FakeCluster();
    private final FakeCluster.Member here = cluster.join("a");
    private final FakeCluster.Member there = cluster.join("b");
    private final AtomicBoolean stops = new AtomicBoolean();
    private final Fakes.Timer sweeper = new Fakes.Timer();
    private final MediaPlaces places = new MediaPlaces(here, here, new Drain(stops::get), sweeper, nanos::get);
    private final MediaHub hub = hub(places, closers, timer);
    private final Film film = new Film();
    private final FakeMediaWire wire = new FakeMediaWire();
    private final MediaLine line = hub.open(wire);

    private MediaHub hub(MediaPlaces where, ExecutorService workers, ScheduledExecutorService ticker) {
        return new MediaHub(ticket -> Optional.ofNullable(tickets.remove(ticket)), where, workers, ticker, nanos::get);
    }

    @After
    public void stop() {
        timer.shutdownNow();
        sweeper.shutdownNow();
    }

    /** A handshake may be under way when the bundle stops. */
    @Test
    public void aSocketThatOpensWhileTheHubClosesIsNoFailure() {
        var closing = hub(places, closers, java.util.concurrent.Executors.newSingleThreadScheduledExecutor());
        closing.deactivate();
        closing.open(new FakeMediaWire());
        assertEquals(1, closing.lines());
    }

    private static final class Film implements MediaChannel {
        private final List<String> log = new ArrayList<>();
        private Optional<Peer> peer = Optional.empty();
        private Runnable atOpening = () -> {};

        @Override
        public String name() {
            return "film";
        }

        @Override
        public void ask(Caller caller, UUID session) {
            if (!session.equals(Fakes.SESSION)) {
                throw new ProblemException(Problem.unknown());
            }
        }

        private boolean viewers;

        @Override
        public boolean viewers() {
            return viewers;
        }

        @Override
        public Receiver open(Caller caller, UUID session, String role, Peer opened) {
            if (role.equals("thief")) {
                throw new ProblemException(Problem.unknown());
            } else if (role.equals("early")) {
                throw new ProblemException(new Problem(503, "busy", "Not now."));
            } else if (role.equals("broken")) {
                throw new IllegalStateException("no database");
            }
            atOpening.run();
            log.add("open " + caller.actor() + " " + role);
            peer = Optional.of(opened);
            return new Receiver() {
                @Override
                public void binary(ByteBuffer frame) {
                    log.add("frame " + frame.remaining());
                }

                @Override
                public void text(String json) {
                    if (json.equals("close me")) {
                        opened.close(4403, "as you wish");
                        log.add("after close");
                    } else if (json.equals("refuse me")) {
                        throw new ProblemException(new Problem(403, "no-film", "No film."));
                    } else if (json.equals("break")) {
                        throw new IllegalStateException("broken");
                    } else {
                        log.add(json);
                    }
                }

                @Override
                public int largestFrame() {
                    return 1_000_000;
                }

                @Override
                public void closed() {
                    log.add("closed");
                }
            };
        }
    }

    private void start() {
        hub.add(film);
        line.receivedText(HELLO);
    }

    @Test
    public void framesAndTextsReachTheReceiverAndTheEndComesOnce() {
        start();
        line.receivedBinary(ByteBuffer.allocate(7));
        line.receivedText("{}");
        line.socketClosed();
        line.socketClosed();
        line.receivedBinary(ByteBuffer.allocate(7));
        assertEquals(List.of("open " + Fakes.MARIE.actor() + " sender", "frame 7", "{}", "closed"), film.log);
        assertEquals(0, hub.lines());
    }

    /** A relay sends to many under one lock; the end of one of them must not come into its midst. */
    @Test
    public void whoeverFindsOutBySendingDoesNotTellTheReceiver() {
        start();
        closers.hold();
        line.broken();
        line.socketClosed();
        assertEquals(List.of("open " + Fakes.MARIE.actor() + " sender"), film.log);
        closers.run();
        assertEquals(List.of("open " + Fakes.MARIE.actor() + " sender", "closed"), film.log);
        assertEquals(0, hub.lines());
    }

    @Test
    public void ticketsAreJudged() {
        hub.add(film);
        for (var ticket : List.of("none", "live")) {
            var other = new FakeMediaWire();
            hub.open(other).receivedText(HELLO.replace("\"t\"", "\"" + ticket + "\""));
            assertEquals(Optional.of("4401 no such ticket"), other.closed);
        }
        var silent = new FakeMediaWire();
        hub.open(silent);
        line.receivedText(HELLO);
        timer.fire();
        assertEquals(Optional.of("4401 no ticket within 5 s"), silent.closed);
        assertEquals(Optional.empty(), wire.closed);
        var early = new FakeMediaWire();
        hub.open(early).receivedBinary(ByteBuffer.allocate(1));
        assertEquals(Optional.of("4401 hello comes first"), early.closed);
        assertEquals(List.of("open " + Fakes.MARIE.actor() + " sender"), film.log);
    }

    @Test
    public void viewersComeOnlyWhereTheyAreLetAndSendNoFrame() {
        hub.add(film);
        var hello = HELLO.replace("\"t\"", "\"expert\"");
        var ticket = tickets.get("expert");
        assertThrows(ProblemException.class, () -> hub.node(Fakes.EXPERT, Fakes.SESSION, "film"));
        line.receivedText(hello);
        assertEquals(Optional.of("4403 view-only"), wire.closed);
        assertEquals("nothing was opened", List.of(), film.log);

        film.viewers = true;
        tickets.put("expert", ticket);
        var second = new FakeMediaWire();
        var looking = hub.open(second);
        looking.receivedText(hello);
        looking.receivedText("{}");
        assertEquals(Optional.empty(), second.closed);
        looking.receivedBinary(ByteBuffer.allocate(7));
        assertEquals(Optional.of("4403 view-only"), second.closed);
        assertEquals(List.of("open " + Fakes.EXPERT.actor() + " sender", "{}", "closed"), film.log);
    }

    @Test
    public void aRefusalIsToldByItsCode() {
        hub.add(film);
        line.receivedText(HELLO.replace("sender", "thief"));
        assertEquals(Optional.of("4403 unknown"), wire.closed);
        assertEquals("nothing was opened", List.of(), film.log);
        var second = new FakeMediaWire();
        var other = hub.open(second);
        other.receivedText(HELLO.replace("\"t\"", "\"t2\""));
        other.receivedText("refuse me");
        assertEquals(Optional.of("4403 no-film"), second.closed);
        assertTrue(film.log.contains("closed"));
    }

    @Test
    public void aBrokenReceiverTakesOnlyItsOwnSocketAlong() {
        start();
        line.receivedText("break");
        assertEquals(Optional.of("4403 internal"), wire.closed);
        assertTrue(film.log.contains("closed"));
    }

    @Test
    public void aReceiverThatClosesItsPeerReturnsBeforeItIsToldSo() {
        start();
        closers.hold(); // stands for another thread, which must wait for its turn
        line.receivedText("close me");
        assertEquals(Optional.of("4403 as you wish"), wire.closed);
        closers.run();
        assertEquals(List.of("after close", "closed"), film.log.subList(1, 3));
    }

    @Test
    public void whenTheChannelGoesItsSocketsCloseAndNoneOpens() {
        start();
        hub.remove(film);
        assertEquals(Optional.of("4410 gone"), wire.closed);
        assertEquals("told before the slice stops", "closed", film.log.get(film.log.size() - 1));
        var late = new FakeMediaWire();
        hub.open(late).receivedText(HELLO.replace("\"t\"", "\"t2\""));
        assertEquals(Optional.of("4410 gone"), late.closed);
    }

    @Test
    public void framesGoOutAsTheyAreAndWhoOfferedThemHearsWhenTheyAreGone() {
        start();
        var peer = film.peer.orElseThrow();
        var frame = ByteBuffer.allocate(1024 * 1024);
        var gone = new AtomicLong();
        assertTrue(peer.binary(frame, gone::incrementAndGet));
        assertSame("shared, not copied", frame, wire.frames.get(0));
        assertEquals(1024 * 1024, peer.waiting());
        assertEquals(0, gone.get());
        wire.flow();
        assertEquals(1, gone.get());
        wire.full = true;
        assertFalse(peer.binary(frame));
        assertFalse(peer.text("{\"late\":true}"));
    }

    @Test
    public void whoHasNotSaidWhoItIsGetsLittleRoomAndThenWhatTheReceiverWants() {
        assertEquals(8 * 1024, line.longestText());
        assertEquals(8 * 1024, line.largestFrame());
        start();
        assertEquals(64 * 1024, line.longestText());
        assertEquals(1_000_000, line.largestFrame());
    }

    @Test
    public void aClientThatTakesNothingIsGivenUpAlthoughItTalks() {
        start();
        var watch = timer.regular.orElseThrow();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(26));
        line.heard();
        watch.run();
        assertEquals(Optional.empty(), wire.closed);
        wire.stuckFor = TimeUnit.SECONDS.toNanos(26);
        watch.run();
        assertEquals(Optional.of("4408 come back"), wire.closed);
    }

    @Test
    public void everySocketClosesWhenWeStop() {
        start();
        hub.deactivate();
        assertEquals(Optional.of("1001 restart"), wire.closed);
        assertEquals("closed", film.log.get(film.log.size() - 1));
    }

    @Test
    public void aSocketThatDoesNotAnswerIsGivenUp() {
        start();
        var watch = timer.regular.orElseThrow();
        watch.run();
        watch.run();
        assertEquals(1, wire.pings);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(26));
        watch.run();
        assertEquals(Optional.of("4408 come back"), wire.closed);
        assertSame("closed", film.log.get(film.log.size() - 1));
    }

    @Test
    public void aSessionIsRelayedByTheNodeThatHoldsItsLease() {
        hub.add(film);
        assertEquals(Optional.of("a"), hub.node(Fakes.MARIE, Fakes.SESSION, "film"));
        var theirs = new MediaPlaces(there, there, new Drain(() -> false), new Fakes.Timer(), nanos::get);
        var other = hub(theirs, closers, new Fakes.Timer());
        other.add(film);
        assertEquals("they send it here", Optional.of("a"), other.node(Fakes.MARIE, Fakes.SESSION, "film"));
        var lost = new FakeMediaWire();
        other.open(lost).receivedText(HELLO.replace("\"t\"", "\"t2\""));
        assertEquals(Optional.of("4421 elsewhere"), lost.closed);
        assertEquals("nothing was opened there", List.of(), film.log);
        line.receivedText(HELLO);
        assertEquals(Optional.empty(), wire.closed);
        assertTrue(places.held(Fakes.ACME, Fakes.SESSION).isPresent());
        assertEquals(Optional.empty(), theirs.held(Fakes.ACME, Fakes.SESSION));
    }

    @Test
    public void whoWouldNotBeLetInTakesNoNodeAndGetsNoTicket() {
        hub.add(film);
        assertThrows(ProblemException.class, () -> hub.node(Fakes.MARIE, UUID.randomUUID(), "film"));
        assertEquals("told there that it is gone", Optional.of("a"), hub.node(Fakes.MARIE, Fakes.SESSION, "none"));
        assertEquals(0, places.size());
    }

    @Test
    public void aDrainingNodeClosesItsSocketsAndTakesNoSession() {
        start();
        here.drain();
        hub.leave("draining");
        assertEquals(Optional.of("1001 draining"), wire.closed);
        assertEquals("closed", film.log.get(film.log.size() - 1));
        assertEquals(Optional.empty(), places.held(Fakes.ACME, Fakes.SESSION));
        assertEquals(Optional.empty(), hub.node(Fakes.MARIE, Fakes.SESSION, "film"));
        var theirs = new MediaPlaces(there, there, new Drain(() -> false), new Fakes.Timer(), nanos::get);
        assertEquals(2, theirs.take(Fakes.ACME, Fakes.SESSION).orElseThrow().epoch());
        assertEquals("and here they hear it", Optional.of("b"), hub.node(Fakes.MARIE, Fakes.SESSION, "film"));
    }

    @Test
    public void whenOthersHaveTakenUsForDeadEverySocketIsClosedAndTheOldLeaseCountsNoMore() {
        start();
        here.expel();
        hub.leave("expelled");
        assertEquals(Optional.of("1001 expelled"), wire.closed);
        assertEquals("told before it returned", "closed", film.log.get(film.log.size() - 1));
        assertEquals(Optional.empty(), places.held(Fakes.ACME, Fakes.SESSION));
        var again = new FakeMediaWire();
        hub.open(again).receivedText(HELLO.replace("\"t\"", "\"t2\""));
        assertEquals(Optional.empty(), again.closed);
        assertEquals(2, places.held(Fakes.ACME, Fakes.SESSION).orElseThrow().epoch());
    }

    /** The hello has the lease, and all is lost while the channel still thinks about it. */
    @Test
    public void aSocketThatOpensWhileAllIsLostIsClosedToo() {
        film.atOpening = () -> {
            here.expel();
            places.lost();
        };
        start();
        assertEquals(Optional.of("4421 elsewhere"), wire.closed);
        assertEquals("closed", film.log.get(film.log.size() - 1));
    }

    @Test
    public void aLeaseIsGivenUpAMinuteAfterTheLastSocket() {
        start();
        var second = new FakeMediaWire();
        var other = hub.open(second);
        other.receivedText(HELLO.replace("\"t\"", "\"t2\""));
        var sweep = sweeper.regular.orElseThrow();
        line.socketClosed();
        nanos.addAndGet(2 * MediaPlaces.KEPT);
        sweep.run();
        assertTrue("somebody is here", places.held(Fakes.ACME, Fakes.SESSION).isPresent());
        other.socketClosed();
        nanos.addAndGet(MediaPlaces.KEPT - 1);
        sweep.run();
        assertTrue(
                "somebody may come back", places.held(Fakes.ACME, Fakes.SESSION).isPresent());
        nanos.addAndGet(1);
        sweep.run();
        assertEquals(Optional.empty(), there.find(Fakes.ACME, "media/" + Fakes.SESSION));
        assertEquals(0, places.size());
    }

    @Test
    public void aTicketThatNobodyUsesHoldsTheSessionForAMinuteAndNoLonger() {
        hub.add(film);
        hub.node(Fakes.MARIE, Fakes.SESSION, "film");
        nanos.addAndGet(MediaPlaces.KEPT);
        cluster.away = true;
        sweeper.regular.orElseThrow().run();
        assertEquals("not while the database is away", 1, places.size());
        cluster.away = false;
        sweeper.regular.orElseThrow().run();
        assertEquals(0, places.size());
        assertEquals(Optional.empty(), there.find(Fakes.ACME, "media/" + Fakes.SESSION));
    }

    /** A database that restarts must not end what is shared: only a refusal is final. */
    @Test
    public void whatFailsAtTheHelloIsPassingUnlessItIsARefusal() {
        hub.add(film);
        for (var role : List.of("early", "broken")) {
            tickets.put("t", new Ticket.Media(Fakes.MARIE, Fakes.SESSION, "film"));
            var at = new FakeMediaWire();
            hub.open(at).receivedText(HELLO.replace("sender", role));
            assertEquals(role, Optional.of("4408 not now"), at.closed);
        }
        cluster.away = true;
        tickets.put("t", new Ticket.Media(Fakes.MARIE, Fakes.SESSION, "film"));
        line.receivedText(HELLO);
        assertEquals(Optional.of("4408 not now"), wire.closed);
    }

    @Test
    public void whenSignInsMayHaveChangedUnheardEveryAgentComesAgainAndNoCustomer() {
        hub.add(film);
        line.receivedText(HELLO);
        tickets.put("anna", new Ticket.Media(Fakes.ANNA, Fakes.SESSION, "film"));
        var agents = new FakeMediaWire();
        hub.open(agents).receivedText(HELLO.replace("\"t\"", "\"anna\""));
        hub.askAllAgain();
        assertEquals(Optional.of("4401 ask again"), agents.closed);
        assertEquals(Optional.empty(), wire.closed);
    }

    @Test
    public void othersGoOnOnlyWhenTheWholeNodeStopsAndOthersAreThere() {
        assertFalse(places.othersGoOn());
        stops.set(true);
        assertTrue(places.othersGoOn());
        there.die();
        assertFalse(places.othersGoOn());
    }

    @Test
    public void whenOnlyThisBundleStopsAnotherNodeMayTakeItsSessionsAtOnce() {
        start();
        hub.deactivate();
        places.deactivate();
        assertEquals(Optional.empty(), there.find(Fakes.ACME, "media/" + Fakes.SESSION));
    }
}
