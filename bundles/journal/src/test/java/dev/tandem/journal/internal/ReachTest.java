package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import javax.sql.DataSource;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.Streams;
import dev.tandem.journal.internal.Ledger.Account;
import dev.tandem.journal.internal.Ledger.Event;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.platform.SiteId;

/** Where a subscriber hears when there are several nodes on one PostgreSQL. */
public class ReachTest {
    private static final SiteId SITE = JournalContract.SITE;

    /** A subscriber that writes down the positions it hears. */
    private static final class Ear implements EventSubscriber {
        private final Reach reach;
        private final List<Long> heard = new CopyOnWriteArrayList<>();
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch go;

        Ear(Reach reach, CountDownLatch go) {
            this.reach = reach;
            this.go = go;
        }

        @Override
        public String name() {
            return "test.ear";
        }

        @Override
        public Reach reach() {
            return reach;
        }

        @Override
        public void on(Published event) {
            entered.countDown();
            JournalContract.await(go);
            heard.add(event.position());
        }
    }

    private static final class Node {
        private final JournalRuntime runtime;
        private final Streams<Account, Event> streams;
        private Optional<Ear> ear = Optional.empty();

        Node(JournalRuntime runtime) {
            this.runtime = runtime;
            Ledger.tables(runtime.database());
            this.streams = runtime.journal().open(new Ledger());
        }

        Ear subscribe(EventSubscriber.Reach reach, CountDownLatch go) {
            ear = Optional.of(new Ear(reach, go));
            runtime.subscribe(ear.get());
            return ear.get();
        }

        List<Long> heard() {
            return ear.map(its -> List.copyOf(its.heard)).orElseThrow();
        }
    }

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final TestClock clock = new TestClock();
    private final List<Node> nodes = new ArrayList<>();
    private final UUID account = UUID.randomUUID();
    private DataSource source;
    private Node a;
    private Node b;

    @Before
    public void openTwo() {
        source = TestDatabase.POSTGRESQL.durable(Path.of(folder.getRoot().toURI()));
        a = open("a");
        b = open("b");
    }

    private Node open(String name) {
        var node = new Node(JournalRuntime.node(source, clock, name));
        nodes.add(node);
        return node;
    }

    private void end(Node node, boolean killed) {
        nodes.remove(node);
        if (killed) {
            node.runtime.kill();
        } else {
            node.runtime.close();
        }
    }

    @After
    public void close() {
        nodes.forEach(node -> node.runtime.close());
    }

    private void pay(int times) {
        for (int i = 0; i < times; i++) {
            var node = nodes.get(i % nodes.size());
            JournalContract.pay(node.streams, account, UUID.randomUUID(), 1)
                    .orElseThrow(refusal -> new IllegalStateException(refusal.code()));
        }
    }

    private void settle() {
        nodes.forEach(node -> node.runtime.settle());
    }

    private void beat() {
        nodes.forEach(node -> node.runtime.beat());
    }

    /** As long as it takes until a dead node is noticed. */
    private void beats(Node... beating) {
        for (int i = 0; i <= Nodes.PATIENCE.toSeconds() + 1; i++) {
            clock.advance(Nodes.BEAT);
            for (var node : beating) {
                node.runtime.beat();
            }
        }
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static CountDownLatch open() {
        return new CountDownLatch(0);
    }

    private void subscribeBoth() {
        nodes.forEach(node -> node.subscribe(EventSubscriber.Reach.ONE_NODE, open()));
    }

    /** The node that holds the lease, first. */
    private List<Node> byTurn() {
        var holder = a.runtime.leases().find(SITE, "subscriber/test.ear").orElseThrow();
        return holder.node().equals(a.runtime.nodes().self().id()) ? List.of(a, b) : List.of(b, a);
    }

    private long cursor() {
        return b.runtime
                .database()
                .read(sql -> sql.first(
                        "SELECT position FROM journal_cursor WHERE site = ? AND name = 'test.ear'",
                        row -> row.getLong(1),
                        SITE))
                .orElse(0L);
    }

    @Test
    public void ofSeveralNodesOneHearsEachEventAndAnotherGoesOnWhenItEnds() {
        subscribeBoth();
        pay(10);
        settle();
        var first = byTurn().get(0);
        var second = byTurn().get(1);
        assertEquals(range(1, 10), first.heard());
        assertEquals(List.of(), second.heard());
        end(first, false);
        beat();
        pay(5);
        settle();
        assertEquals("from where the other has stopped", range(11, 15), second.heard());
        assertEquals(range(1, 10), first.heard());
    }

    @Test
    public void anotherGoesOnWhenTheNodeIsKilled() {
        subscribeBoth();
        pay(10);
        settle();
        var first = byTurn().get(0);
        var second = byTurn().get(1);
        beats(first, second);
        end(first, true);
        pay(5);
        settle();
        assertEquals("not before the other is taken for dead", List.of(), second.heard());
        beats(second);
        settle();
        var heard = second.heard();
        assertTrue("perhaps some again: " + heard, heard.get(0) <= 11);
        assertEquals(range(heard.get(0), 15), heard);
    }

    @Test
    public void whoDrainsHandsOverWhereItHasStopped() {
        subscribeBoth();
        pay(10);
        settle();
        var first = byTurn().get(0);
        var second = byTurn().get(1);
        first.runtime.nodes().drain();
        beat();
        pay(5);
        settle();
        first.runtime.nodes().resume();
        beat();
        pay(5);
        settle();
        assertEquals(range(1, 10), first.heard());
        assertEquals(range(11, 20), second.heard());
    }

    @Test
    public void whoHasLostTheLeaseWithoutKnowingMovesNoCursor() {
        var go = new CountDownLatch(1);
        var suspended = a.subscribe(EventSubscriber.Reach.ONE_NODE, go);
        pay(1);
        JournalContract.await(suspended.entered);
        b.subscribe(EventSubscriber.Reach.ONE_NODE, open());
        beats(b);
        pay(4);
        b.runtime.settle();
        b.runtime.settle();
        assertEquals(range(1, 5), b.heard());
        b.runtime.nodes().drain();
        assertEquals(5, cursor());
        go.countDown();
        nodes.remove(a);
        a.runtime.close();
        assertEquals("one was heard there, and is not where to go on", 5, cursor());
    }

    @Test
    public void everyNodeHearsForItselfFromWhenItCame() {
        pay(3);
        a.subscribe(EventSubscriber.Reach.EVERY_NODE, open());
        pay(3);
        b.subscribe(EventSubscriber.Reach.EVERY_NODE, open());
        pay(3);
        settle();
        assertEquals(range(4, 9), a.heard());
        assertEquals(range(7, 9), b.heard());
        assertEquals("no cursor", 0, cursor());
    }
}
