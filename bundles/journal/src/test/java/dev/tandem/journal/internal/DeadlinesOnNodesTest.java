package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Decision;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.Lease;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.StreamKind;
import dev.tandem.journal.Streams;
import dev.tandem.journal.internal.Ledger.Account;
import dev.tandem.journal.internal.Ledger.Balance;
import dev.tandem.journal.internal.Ledger.Event;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.platform.SiteId;

/** Deadlines fire once, on the node that holds the lease of their site, and soon on another when that one goes. */
public class DeadlinesOnNodesTest {
    private static final SiteId SITE = new SiteId("acme");
    private static final UUID STREAM = new UUID(1, 1);
    private static final int MANY = 120;

    private final DataSource source = TestDatabase.POSTGRESQL.durable(Path.of("."));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<One> nodes = new ArrayList<>();
    private JournalRuntime judge;
    private Streams<Account, Event> judged;

    private record One(JournalRuntime runtime, Streams<Account, Event> streams) {
        private Answer<Balance> wake(String name, Duration in) {
            var command = new Command<>(SITE, STREAM, UUID.randomUUID(), "system", Balance.class);
            return streams.execute(command, (state, now) -> Decision.<Event, Balance>accept(List.of(), new Balance(0))
                    .wake(name, now.plus(in)));
        }

        private Optional<Lease> held() {
            return runtime.leases().find(SITE, "deadlines").filter(lease -> lease.node()
                    .equals(runtime.nodes().self().id()));
        }
    }

    @Before
    public void open() {
        judge = JournalRuntime.open(source, new TestClock());
        Ledger.tables(judge.database());
        judged = judge.journal().open(new Ledger());
        // It only looks on.
        judge.nodes().drain();
    }

    @After
    public void close() {
        threads.shutdownNow();
        nodes.forEach(one -> one.runtime().close());
        judge.close();
    }

    private One start(Clock clock, String name) {
        return add(JournalRuntime.node(source, clock, name));
    }

    private One add(JournalRuntime runtime) {
        var one = new One(runtime, runtime.journal().open(new Ledger()));
        nodes.add(one);
        return one;
    }

    private List<String> fired() {
        return judged.read(SITE, STREAM, 0, 10_000).stream()
                .map(event -> ((Event.Reminded) event.event()).deadline())
                .toList();
    }

    private void await(Callable<Boolean> condition, Duration most) throws Exception {
        var until = System.nanoTime() + most.toNanos();
        while (!condition.call()) {
            assertTrue("not within " + most, System.nanoTime() < until);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @Test
    public void eachFiresOnceWhileTwoNodesFireAndDrainInTurn() throws Exception {
        var clock = new TestClock();
        var a = start(clock, "a");
        var b = start(clock, "b");
        var over = new AtomicBoolean();
        var busy = new ArrayList<Future<?>>();
        for (var one : nodes) {
            busy.add(threads.submit(() -> {
                while (!over.get()) {
                    one.runtime().fireDue();
                }
            }));
        }
        busy.add(threads.submit(() -> {
            while (!over.get()) {
                for (var one : nodes) {
                    one.runtime().nodes().drain();
                    one.runtime().nodes().resume();
                }
            }
        }));
        for (int i = 0; i < MANY; i++) {
            assertTrue((i % 2 == 0 ? a : b).wake("d" + i, Duration.ofMillis(i % 5)) instanceof Answer.Accepted);
            clock.advance(Duration.ofMillis(1));
        }
        clock.advance(Duration.ofSeconds(1));
        await(() -> fired().size() >= MANY, Duration.ofSeconds(30));
        over.set(true);
        for (var work : busy) {
            work.get(20, TimeUnit.SECONDS);
        }
        assertEquals(0, a.runtime().fireDue() + b.runtime().fireDue());
        assertEquals(MANY, fired().size());
        assertEquals(MANY, fired().stream().distinct().count());
        assertTrue(judge.journal().verify(SITE).ok());
    }

    /** A node of the release before meets a stream that it knows only in part. */
    @Test
    public void whoCannotFireOneLeavesItToTheOthers() {
        var clock = new TestClock();
        var older = JournalRuntime.node(source, clock, "a");
        nodes.add(new One(older, older.journal().open(new Older())));
        var newer = start(clock, "b");
        newer.wake("first", Duration.ZERO);
        assertEquals(1, newer.runtime().fireDue());
        newer.runtime().nodes().drain();
        newer.runtime().nodes().resume();
        newer.wake("second", Duration.ZERO);
        assertEquals(0, older.fireDue());
        assertEquals(1, newer.runtime().fireDue());
        assertEquals(List.of("first", "second"), fired());
        newer.wake("third", Duration.ZERO);
        newer.runtime().nodes().drain();
        assertEquals("away for a while", 0, older.fireDue());
        clock.advance(Duration.ofSeconds(30));
        assertEquals("put off, as nobody else is there", 0, older.fireDue());
        assertTrue(older.leases().find(SITE, "deadlines").isPresent());
        nodes.get(0).runtime().nodes().drain();
        newer.runtime().nodes().resume();
        assertEquals(0, newer.runtime().fireDue());
        clock.advance(Duration.ofSeconds(30));
        assertEquals(1, newer.runtime().fireDue());
        assertEquals(List.of("first", "second", "third"), fired());
    }

    /** The ledger before it knew of reminders. */
    private static final class Older implements StreamKind<Account, Event> {
        private final Ledger inner = new Ledger();

        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public EventTypes<Event> events() {
            return EventTypes.<Event>none().with("ledger.paid.v2", Event.Paid.class);
        }

        @Override
        public Account initial() {
            return inner.initial();
        }

        @Override
        public Account evolve(Account state, Event event) {
            return inner.evolve(state, event);
        }
    }

    @Test
    public void whoDrainsHandsOverAtOnceAndWhoDiesSoon() throws Exception {
        add(JournalRuntime.node(source, "a"));
        add(JournalRuntime.node(source, "b"));
        nodes.get(0).wake("later", Duration.ofHours(1));
        await(() -> nodes.stream().anyMatch(one -> one.held().isPresent()), Duration.ofSeconds(20));
        var holds = nodes.get(0).held().isPresent() ? 0 : 1;
        var first = nodes.get(holds);
        var second = nodes.get(1 - holds);
        // Set on one node, fired by the other.
        second.wake("one", Duration.ofMillis(100));
        await(() -> fired().contains("one"), Duration.ofSeconds(20));
        assertTrue(first.held().isPresent());
        first.runtime().nodes().drain();
        await(() -> second.held().isPresent(), Duration.ofSeconds(20));
        first.wake("two", Duration.ofMillis(100));
        await(() -> fired().contains("two"), Duration.ofSeconds(20));
        first.runtime().nodes().resume();
        nodes.remove(second);
        second.runtime().kill();
        first.wake("three", Duration.ofMillis(100));
        // Within the patience and a beat, on a computer that has time for it.
        await(() -> fired().contains("three"), Nodes.PATIENCE.plusSeconds(30));
        assertEquals(List.of("one", "two", "three"), fired());
    }
}
