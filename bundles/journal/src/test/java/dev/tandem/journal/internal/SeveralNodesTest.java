package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.Announcements;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Streams;
import dev.tandem.journal.internal.Ledger.Account;
import dev.tandem.journal.internal.Ledger.Event;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.platform.SiteId;

/** What nodes on one PostgreSQL hear of each other. */
@SuppressWarnings("try") // Subscriptions are held open, not used.
public class SeveralNodesTest {
    private static final SiteId SITE = JournalContract.SITE;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** A node with one kind of stream. */
    private static final class Node implements AutoCloseable {
        private final Ledger ledger = new Ledger();
        private final JournalRuntime runtime;
        private final Streams<Account, Event> streams;

        Node(DataSource source) {
            runtime = JournalRuntime.open(source, Clock.systemUTC());
            Ledger.tables(runtime.database());
            streams = runtime.journal().open(ledger);
        }

        void pay(UUID account, long amount) {
            var answer = JournalContract.pay(streams, account, UUID.randomUUID(), amount);
            answer.orElseThrow(refusal -> new IllegalStateException(refusal.code()));
        }

        List<Long> positions() {
            return ledger.heard.stream().map(Recorded::position).toList();
        }

        @Override
        public void close() {
            runtime.close();
        }
    }

    private final List<Node> nodes = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private DataSource source;

    @Before
    public void openTwo() {
        source = TestDatabase.POSTGRESQL.durable(Path.of(folder.getRoot().toURI()));
        open();
        open();
    }

    private Node open() {
        var node = new Node(source);
        nodes.add(node);
        return node;
    }

    @After
    public void close() {
        threads.shutdownNow();
        nodes.forEach(Node::close);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static void await(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(what, System.nanoTime() < end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    @Test
    public void everyNodeHearsEveryEventInTheOrderOfTheSiteWhileBothWrite() throws Exception {
        var third = open();
        var accounts = IntStream.range(0, 5).mapToObj(n -> UUID.randomUUID()).toList();
        var writers = new ArrayList<Future<?>>();
        for (int i = 0; i < 6; i++) {
            var n = i;
            writers.add(threads.submit(() -> {
                for (int k = 0; k < 50; k++) {
                    nodes.get(n % 2).pay(accounts.get((n + k) % 5), 1);
                }
            }));
        }
        for (var writer : writers) {
            writer.get(60, TimeUnit.SECONDS);
        }
        await("the third node hears all, of itself", () -> third.ledger.heard.size() == 300);
        for (var node : nodes) {
            node.runtime.settle();
            assertEquals(upTo(300), node.positions());
            assertEquals(nodes.get(0).ledger.heard, node.ledger.heard);
        }
    }

    @Test
    public void aNodeHearsFromItsStartOn() {
        var account = UUID.randomUUID();
        nodes.get(0).pay(account, 1);
        nodes.get(0).pay(account, 2);
        var late = open();
        nodes.get(1).pay(account, 3);
        await("the late one hears", () -> !late.positions().isEmpty());
        late.runtime.settle();
        assertEquals(List.of(3L), late.positions());
    }

    @Test
    public void whoComesToANodeThatWasAloneHearsAllTheSame() {
        nodes.get(1).close();
        nodes.remove(1);
        var only = (LocalNode) nodes.get(0).runtime.nodes();
        assertFalse("it has not looked", only.isAlone());
        nodes.get(0).runtime.beat();
        assertTrue(only.isAlone());
        var account = UUID.randomUUID();
        var late = open();
        nodes.get(0).pay(account, 1);
        await("it looks for itself", () -> late.positions().equals(upTo(1)));
        nodes.get(0).runtime.beat();
        assertFalse(only.isAlone());
        nodes.get(0).pay(account, 1);
        await("it is told", () -> late.positions().equals(upTo(2)));
    }

    @Test
    public void settlingTellsOfWhatOthersHaveWritten() {
        var account = UUID.randomUUID();
        for (int i = 1; i <= 10; i++) {
            nodes.get(0).pay(account, 1);
            nodes.get(1).runtime.settle();
            assertEquals(upTo(i), nodes.get(1).positions());
        }
    }

    // Lines that are lost

    /** Ends all lines of that name; returns how many. */
    private long kill(String name) {
        return nodes.get(0).runtime.database().write(sql -> sql.all(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?"
                                + " AND pid <> pg_backend_pid()",
                        row -> true,
                        name)
                .size());
    }

    @Test
    public void nothingIsMissedWhenLinesAreLost() {
        var account = UUID.randomUUID();
        var heard = new CopyOnWriteArrayList<String>();
        try (var listening = nodes.get(1).runtime.listen(new Ear(heard))) {
            for (int i = 1; i <= 5; i++) {
                nodes.get(0).pay(account, 1);
                var n = i;
                await("payment " + i, () -> nodes.get(1).positions().equals(upTo(n)));
                heard.clear();
                assertTrue(kill(i % 2 == 0 ? "tandem doorbell" : "tandem echo") > 0);
                nodes.get(0).runtime.announcements().announce(SITE, "test.ear/" + i);
                await(
                        "told, or told that it may have been missed",
                        () -> heard.contains("acme " + n) || heard.contains("missed"));
            }
            nodes.get(0).pay(account, 1);
            await("the last", () -> nodes.get(1).positions().equals(upTo(6)));
        }
    }

    // Announcements

    private record Ear(List<String> heard) implements Announcements.Listener {
        @Override
        public String about() {
            return "test.ear";
        }

        @Override
        public void announced(SiteId site, String detail) {
            heard.add(site + " " + detail);
        }

        @Override
        public void missed() {
            heard.add("missed");
        }
    }

    /** Waits until the first node is heard on the second, and forgets that. */
    private void awaitLine(List<String> there) {
        await("the line stands", () -> {
            nodes.get(0).runtime.announcements().announce(SITE, "test.ear/ping");
            return there.contains("acme ping");
        });
        nodes.get(0).runtime.announcements().announce(SITE, "test.ear/pong");
        await("all before is told", () -> there.contains("acme pong"));
        there.clear();
    }

    @Test
    public void whatIsAnnouncedIsHeardOnEveryNodeByThoseItIsFor() {
        var here = new CopyOnWriteArrayList<String>();
        var there = new CopyOnWriteArrayList<String>();
        var announcements = nodes.get(0).runtime.announcements();
        try (var one = nodes.get(0).runtime.listen(new Ear(here));
                var other = nodes.get(1).runtime.listen(new Ear(there))) {
            awaitLine(there);
            await("here as well", () -> here.contains("acme pong"));
            here.clear();
            var longest = "é".repeat(Announcements.LONGEST - "test.ear/".length());
            announcements.announce(SITE, "test.ears/no");
            announcements.announce(new SiteId("other"), "test.ear");
            announcements.announce(SITE, "test.ear/one two/three");
            announcements.announce(SITE, "test.ear/" + longest);
            var expected = List.of("other ", "acme one two/three", "acme " + longest);
            await("here", () -> here.stream()
                    .filter(text -> !text.equals("missed"))
                    .toList()
                    .equals(expected));
            await("there", () -> there.containsAll(expected));
            assertEquals(
                    expected,
                    there.stream().filter(text -> !text.equals("missed")).toList());
        }
        for (var wrong : List.of("", "/x", "Test.ear", "test ear", "test.ear/\u0000", "a/" + "x".repeat(199))) {
            assertThrows(wrong, IllegalArgumentException.class, () -> announcements.announce(SITE, wrong));
        }
    }

    @Test
    public void moreAnnouncementsThanCanWaitAreToldOfAsMissed() {
        var there = new CopyOnWriteArrayList<String>();
        try (var other = nodes.get(1).runtime.listen(new Ear(there))) {
            awaitLine(there);
            for (int i = 0; i < 20_000; i++) {
                nodes.get(0).runtime.announcements().announce(SITE, "test.ear/" + i);
            }
            nodes.get(0).runtime.announcements().announce(SITE, "test.ear/last");
            await("the last, or that it was missed", () -> there.contains("acme last") || there.contains("missed"));
        }
    }

    // The bell

    @Test
    public void theBellIsRungAtMostOncePerFiveMilliseconds() throws Exception {
        var runtime = nodes.get(0).runtime;
        var account = UUID.randomUUID();
        nodes.get(0).pay(account, 1);
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DO $$ BEGIN EXECUTE 'LISTEN tandem_' || md5(current_schema()); END $$");
            var began = System.nanoTime();
            for (int i = 0; i < 300; i++) {
                nodes.get(0).pay(account, 1);
            }
            statement.execute("SELECT 1");
            var took = System.nanoTime() - began;
            var rung = 0;
            var last = 0L;
            while (last < 301) {
                for (var one :
                        connection.unwrap(org.postgresql.PGConnection.class).getNotifications(10_000)) {
                    rung++;
                    var knock = (Knock.Appended)
                            Knock.read(one.getParameter()).orElseThrow().knock();
                    assertTrue("later positions later", knock.ends().get(SITE) > last);
                    last = knock.ends().get(SITE);
                }
            }
            assertTrue(rung + " times", rung >= 1 && rung <= TimeUnit.NANOSECONDS.toMillis(took) / 5 + 2);
        }
    }

    @Test
    public void aKnockIsShortAndReadAsItWasMeant() {
        var node = UUID.randomUUID();
        var few = Map.of(SITE, 5L, new SiteId("b"), Long.MAX_VALUE);
        var most = new java.util.HashMap<SiteId, Long>();
        for (int i = 0; i < Knock.MOST_SITES; i++) {
            most.put(new SiteId("s".repeat(36) + (1000 + i)), Long.MAX_VALUE);
        }
        for (var knock : List.of(
                new Knock.Appended(few),
                new Knock.Appended(most),
                new Knock.Announced(SITE, "a.b/c d"),
                new Knock.Announced(SITE, "a"),
                new Knock.Missed())) {
            var text = knock.text(node);
            assertTrue(text.length() < 7_900);
            assertEquals(new Knock.Heard(node, knock), Knock.read(text).orElseThrow());
        }
        most.put(SITE, 1L);
        assertEquals(
                "too many: any",
                new Knock.Heard(node, new Knock.Appended(Map.of())),
                Knock.read(new Knock.Appended(most).text(node)).orElseThrow());
        for (var foreign : List.of("", "x", node + " sung acme", "x appended acme 1", node + " appended ACME 1")) {
            assertTrue(foreign, Knock.read(foreign).isEmpty());
        }
    }
}
