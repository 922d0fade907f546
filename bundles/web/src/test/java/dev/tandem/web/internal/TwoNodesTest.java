package dev.tandem.web.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.BundleEvent;

import dev.tandem.journal.Nodes;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.web.Caller;
import dev.tandem.web.MediaChannel;
import dev.tandem.web.ProblemException;
import dev.tandem.web.internal.admin.Slices;
import dev.tandem.web.internal.live.Bell;
import dev.tandem.web.internal.live.LiveHub;
import dev.tandem.web.internal.media.MediaHub;
import dev.tandem.web.internal.media.MediaPlaces;
import dev.tandem.web.internal.media.MediaWire;

/** The door of two nodes on one PostgreSQL, with real leases and announcements. */
public class TwoNodesTest {
    private static final String CHANNEL = "film";

    private final TestClock clock = new TestClock();
    private final List<Door> doors = new ArrayList<>();
    private Door a;
    private Door b;

    /** What a node has of the web bundle. */
    private final class Door implements AutoCloseable {
        final JournalRuntime journal;
        final Tickets tickets;
        final MediaPlaces places;
        final MediaHub media;
        final LiveHub live;
        final SignInsChanged signIns;
        final HandOver handOver;
        final DatabaseLimiter limiter;
        boolean killed;

        Door(DataSource source, String name) {
            journal = JournalRuntime.node(source, clock, name);
            var tables = new WebTables(journal.database());
            tickets = new Tickets(tables, clock);
            places = new MediaPlaces(journal.leases(), journal.nodes(), new Drain(() -> false));
            media = new MediaHub(tickets, places);
            live = new LiveHub(tickets, new Bell());
            signIns = new SignInsChanged(live, media, tickets, journal.announcements());
            limiter = new DatabaseLimiter(journal.database(), clock, (site, what, failures) -> {}, new NoPause());
            handOver = new HandOver(live, media);
            journal.listen(handOver);
            journal.listen(signIns);
            media.add(new Film());
            doors.add(this);
        }

        void kill() {
            killed = true;
            journal.kill();
        }

        @Override
        public void close() {
            if (!killed) {
                journal.close();
            }
        }
    }

    private static final class NoPause implements DatabaseLimiter.Pause {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void pause(long nanos) {
            // nobody waits
        }
    }

    private static final class Film implements MediaChannel {
        @Override
        public String name() {
            return CHANNEL;
        }

        @Override
        public Receiver open(Caller caller, UUID session, String role, Peer peer) {
            peer.text("welcome");
            return new Receiver() {
                @Override
                public void binary(ByteBuffer frame) {
                    // not looked at
                }

                @Override
                public void text(String json) {
                    // not looked at
                }

                @Override
                public void closed() {
                    // nothing to let go of
                }
            };
        }
    }

    /** A client's socket. */
    private static final class Client implements SendQueue.Wire, MediaWire {
        final CompletableFuture<String> welcome = new CompletableFuture<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public void text(String text, SendQueue.Done done) {
            welcome.complete(text);
            done.sent(true);
        }

        @Override
        public boolean text(String json) {
            return welcome.complete(json);
        }

        @Override
        public void binary(ByteBuffer bytes, SendQueue.Done done) {
            done.sent(true);
        }

        @Override
        public boolean binary(ByteBuffer frame, Runnable gone) {
            gone.run();
            return true;
        }

        @Override
        public long waiting() {
            return 0;
        }

        @Override
        public long stuckFor() {
            return 0;
        }

        @Override
        public void ping() {
            // lives anyway
        }

        @Override
        public void close(int code, String reason) {
            closed.complete(code);
        }

        int code() throws Exception {
            return closed.get(30, TimeUnit.SECONDS);
        }
    }

    @Before
    public void start() throws Exception {
        var source = TestDatabase.POSTGRESQL.fresh(Path.of("."));
        a = new Door(source, "a");
        b = new Door(source, "b");
        doors.forEach(door -> door.journal.beat());
    }

    @After
    public void stop() {
        doors.forEach(Door::close);
    }

    private static String hello(String ticket) {
        return "{\"op\":\"hello\",\"ticket\":\"" + ticket + "\",\"role\":\"sender\"}";
    }

    /** A media socket with a ticket of one node at another. */
    private static Client media(Door from, Door to) throws Exception {
        var client = new Client();
        to.media.open(client).receivedText(hello(from.tickets.media(Fakes.MARIE, Fakes.SESSION, CHANNEL)));
        return client;
    }

    private static Client line(Door door, Caller caller) throws Exception {
        var client = new Client();
        door.live
                .open(client)
                .received("{\"op\":\"hello\",\"ticket\":\"" + door.tickets.live(caller) + "\",\"page\":\""
                        + UUID.randomUUID() + "\"}");
        client.welcome.get(30, TimeUnit.SECONDS);
        return client;
    }

    private static Optional<String> node(Door asked) {
        return asked.media.node(Fakes.MARIE, Fakes.SESSION, CHANNEL);
    }

    /** For longer than anybody is waited for, and than a node looks around before it takes another for dead. */
    private void onlyBBeats() {
        for (var left = Nodes.PATIENCE.multipliedBy(2); !left.isNegative(); left = left.minus(Nodes.BEAT)) {
            clock.advance(Nodes.BEAT);
            b.journal.beat();
        }
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        var pool = Executors.newFixedThreadPool(tasks.size());
        try {
            var start = new CountDownLatch(1);
            var results = new ArrayList<Future<T>>();
            for (var task : tasks) {
                results.add(pool.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            start.countDown();
            var all = new ArrayList<T>();
            for (var result : results) {
                all.add(result.get(60, TimeUnit.SECONDS));
            }
            return all;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    public void allTicketsOfASessionLeadToOneNodeAlsoIfBothAreAskedAtOnce() throws Exception {
        var asked = IntStream.range(0, 8)
                .<Callable<Optional<String>>>mapToObj(i -> () -> node(i % 2 == 0 ? a : b))
                .toList();
        var named = atOnce(asked);
        assertEquals(named.toString(), 1, named.stream().distinct().count());
        var relays = named.get(0).orElseThrow().equals("a") ? a : b;
        var other = relays == a ? b : a;
        assertEquals("welcome", media(other, relays).welcome.get(30, TimeUnit.SECONDS));
        assertEquals(CloseCode.ELSEWHERE, media(relays, other).code());
        assertTrue(relays.places.held(Fakes.ACME, Fakes.SESSION).isPresent());
        assertFalse(other.places.held(Fakes.ACME, Fakes.SESSION).isPresent());
    }

    @Test
    public void aSessionGoesOnElsewhereWhenItsNodeHasDied() throws Exception {
        assertEquals(Optional.of("a"), node(a));
        var epoch = a.places.held(Fakes.ACME, Fakes.SESSION).orElseThrow().epoch();
        a.kill();
        assertEquals("it may yet live", Optional.of("a"), node(b));
        onlyBBeats();
        assertEquals(Optional.of("b"), node(b));
        assertTrue(b.places.held(Fakes.ACME, Fakes.SESSION).orElseThrow().epoch() > epoch);
        media(b, b).welcome.get(30, TimeUnit.SECONDS);
    }

    /** As after SIGSTOP and SIGCONT. */
    @Test
    public void aNodeThatWasTakenForDeadLetsGoOfItsSocketsAndNotOfTheSessionThatGoesOnElsewhere() throws Exception {
        node(a);
        var old = media(a, a);
        var line = line(a, Fakes.MARIE);
        onlyBBeats();
        assertEquals(Optional.of("b"), node(b));
        var now = media(b, b);
        a.journal.beat();
        assertEquals(CloseCode.RESTART, old.code());
        assertEquals(Optional.empty(), a.places.held(Fakes.ACME, Fakes.SESSION));
        assertEquals("it knows where it is now", Optional.of("b"), node(a));
        assertTrue(b.places.held(Fakes.ACME, Fakes.SESSION).isPresent());
        assertFalse(now.closed.isDone());
        assertFalse("what is told on it is read from the database", line.closed.isDone());
    }

    @Test
    public void aDrainingNodeSendsEverybodyElsewhereAndTakesPartAgainWhenItIsTold() throws Exception {
        node(a);
        var frames = media(a, a);
        var line = line(a, Fakes.ANNA);
        var there = line(b, Fakes.ANNA);
        a.journal.nodes().drain();
        assertTrue("when it returns all are closed", frames.closed.isDone() && line.closed.isDone());
        assertEquals(CloseCode.RESTART, frames.code());
        assertEquals(CloseCode.RESTART, line.code());
        assertEquals("a draining node takes none", Optional.empty(), node(a));
        assertEquals(Optional.of("b"), node(b));
        assertEquals(Optional.of("b"), node(a));
        assertFalse(there.closed.isDone());
        a.journal.nodes().resume();
        b.journal.nodes().drain();
        assertEquals(Optional.of("a"), node(a));
    }

    /** Before its bundles go one after the other, and without a word to the database, which may be why it stops. */
    @Test
    public void aNodeThatStopsSendsEverybodyElsewhereFirst() throws Exception {
        node(a);
        var frames = media(a, a);
        var line = line(a, Fakes.ANNA);
        a.handOver.bundleChanged(new BundleEvent(BundleEvent.STOPPING, Slices.bundle(7, "slice", Map.of())));
        assertFalse("a slice goes, the node stays", frames.closed.isDone() || line.closed.isDone());
        a.handOver.bundleChanged(new BundleEvent(BundleEvent.STOPPING, Slices.bundle(0, "framework", Map.of())));
        assertEquals(CloseCode.RESTART, frames.code());
        assertEquals(CloseCode.RESTART, line.code());
    }

    @Test
    public void aSignOutOnOneNodeIsHeardOnBoth() throws Exception {
        var anna = List.of(line(a, Fakes.ANNA), line(b, Fakes.ANNA));
        var marie = List.of(line(a, Fakes.MARIE), line(b, Fakes.MARIE));
        a.signIns.signInChanged(Fakes.ACME, Fakes.ANNA.agent().id());
        for (var line : anna) {
            assertEquals(CloseCode.ASK_AGAIN, line.code());
        }
        for (var line : marie) {
            assertFalse(line.closed.isDone());
        }
    }

    @Test
    public void aTicketOpensOneSocketOnWhicheverNode() throws Exception {
        for (int i = 0; i < 20; i++) {
            var ticket = a.tickets.live(Fakes.ANNA);
            var taken = atOnce(List.<Callable<Optional<Ticket>>>of(
                    () -> a.tickets.take(ticket), () -> b.tickets.take(ticket), () -> b.tickets.take(ticket)));
            assertEquals(1, taken.stream().filter(Optional::isPresent).count());
        }
        var late = a.tickets.live(Fakes.ANNA);
        clock.advance(Tickets.LIFE.plus(Duration.ofMillis(1)));
        assertEquals(Optional.empty(), b.tickets.take(late));
    }

    /** Five, and the one that the other node may have under way. */
    @Test
    public void failuresCountOnBothNodes() throws Exception {
        var tried = new AtomicInteger();
        var attempts = IntStream.range(0, 24)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    try {
                        (i % 2 == 0 ? a : b).limiter.attempt(Fakes.ACME, "pin", "10.0.0.1", () -> {
                            tried.incrementAndGet();
                            return Optional.empty();
                        });
                        return true;
                    } catch (ProblemException e) {
                        return false;
                    }
                })
                .toList();
        atOnce(attempts);
        assertTrue(tried + " attempts", tried.get() >= 5 && tried.get() <= 6);
        assertEquals(
                2,
                doors.stream()
                        .filter(door -> {
                            try {
                                door.limiter.attempt(Fakes.ACME, "pin", "10.0.0.1", () -> Optional.of("in"));
                                return false;
                            } catch (ProblemException e) {
                                return e.problem().status() == 429;
                            }
                        })
                        .count());
    }
}
