package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.Test;

import dev.tandem.journal.Decision;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.internal.Ledger.Account;
import dev.tandem.journal.internal.Ledger.Balance;
import dev.tandem.journal.internal.Ledger.Event;

/** What the journal promises of deadlines and subscribers, on every database. */
@SuppressWarnings("try") // Subscriptions are held open, not used.
public class JournalDeadlinesTest extends JournalContract {
    // Deadlines

    private void wake(String name, Duration in) {
        var answer =
                streams.execute(command(account, UUID.randomUUID()), (state, now) -> Decision.<Event, Balance>accept(
                                List.of(), new Balance(0))
                        .wake(name, now.plus(in)));
        assertEquals(accepted(0, streams.load(SITE, account).version()), answer);
    }

    private List<String> reminders() {
        return streams.read(SITE, account, 0, 100).stream()
                .filter(event -> event.event() instanceof Event.Reminded)
                .map(event -> ((Event.Reminded) event.event()).deadline())
                .toList();
    }

    @Test
    public void aDeadlineFiresOnceWhenItIsDue() {
        wake("grace", Duration.ofMinutes(5));
        clock.advance(Duration.ofSeconds(299));
        assertEquals(0, runtime.fireDue());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(1, runtime.fireDue());
        assertEquals(0, runtime.fireDue());
        assertEquals(List.of("grace"), reminders());
        assertEquals("deadline", streams.read(SITE, account, 0, 1).get(0).actor());
        assertEquals(0, count("SELECT COUNT(*) FROM journal_deadline"));
    }

    @Test
    public void aDeadlineIsMovedAndCancelledByItsName() {
        wake("a", Duration.ofMinutes(1));
        wake("b", Duration.ofMinutes(1));
        wake("a", Duration.ofMinutes(9));
        streams.execute(command(account, UUID.randomUUID()), (state, now) -> Decision.<Event, Balance>accept(
                        List.of(), new Balance(0))
                .calm("b")
                .calm("never set"));
        clock.advance(Duration.ofMinutes(5));
        assertEquals(0, runtime.fireDue());
        clock.advance(Duration.ofMinutes(5));
        assertEquals(1, runtime.fireDue());
        assertEquals(List.of("a"), reminders());
    }

    @Test
    public void aDeadlineMaySetItselfAgain() {
        wake("again", Duration.ofMinutes(1));
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofMinutes(1));
            runtime.fireDue();
        }
        assertEquals(List.of("again", "again", "again"), reminders());
    }

    @Test
    public void deadlinesOfAKindThatIsNotOpenWaitForIt() {
        wake("grace", Duration.ofMinutes(5));
        streams.close();
        clock.advance(Duration.ofHours(1));
        assertEquals(0, runtime.fireDue());
        streams = runtime.journal().open(ledger);
        assertEquals(1, runtime.fireDue());
    }

    @Test
    public void aDeadlineThatFailsIsPutOffAndHoldsUpNobody() {
        wake("broken", Duration.ofMinutes(1));
        wake("grace", Duration.ofMinutes(2));
        clock.advance(Duration.ofMinutes(3));
        assertEquals(1, runtime.fireDue());
        assertEquals(List.of("grace"), reminders());
        assertEquals(1, count("SELECT COUNT(*) FROM journal_deadline WHERE name = 'broken'"));
    }

    @Test
    public void ofTwoNodesOneFires() throws Exception {
        try (var other = JournalRuntime.open(source, clock)) {
            other.journal().open(new Ledger());
            for (int i = 0; i < 20; i++) {
                wake("d" + i, Duration.ofMinutes(1));
            }
            clock.advance(Duration.ofMinutes(1));
            var fired = together(2, n -> n == 0 ? runtime.fireDue() : other.fireDue());
            assertEquals(20, reminders().size());
            assertEquals(20, new HashSet<>(reminders()).size());
            assertTrue(fired.get(0) + fired.get(1) >= 20);
        }
        assertVerifies(20);
    }

    @Test
    public void deadlinesFireByThemselvesInARunningJournal() throws Exception {
        var fired = new CountDownLatch(2);
        var kind = new dev.tandem.journal.StreamKind<Account, Event>() {
            private final Ledger inner = new Ledger();

            @Override
            public String name() {
                return "clocked";
            }

            @Override
            public dev.tandem.journal.EventTypes<Event> events() {
                return inner.events();
            }

            @Override
            public Account initial() {
                return inner.initial();
            }

            @Override
            public Account evolve(Account state, Event event) {
                return inner.evolve(state, event);
            }

            @Override
            public Decision<Event, None> due(Account state, String deadline, java.time.Instant now) {
                return inner.due(state, deadline, now);
            }

            @Override
            public void committed(Recorded<Event> event, Account after) {
                fired.countDown();
            }
        };
        try (var running = JournalRuntime.openRunning(source, java.time.Clock.systemUTC())) {
            var clocked = running.journal().open(kind);
            for (var in : List.of(Duration.ofMillis(120), Duration.ofMillis(60))) {
                clocked.execute(
                        command(UUID.randomUUID(), UUID.randomUUID()),
                        (state, now) -> Decision.<Event, Balance>accept(List.of(), new Balance(0))
                                .wake("soon", now.plus(in)));
            }
            assertTrue(fired.await(4, TimeUnit.SECONDS));
        }
    }

    // Subscribers

    private static final class Ear implements EventSubscriber {
        private final List<Published> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
        private final AtomicInteger failures = new AtomicInteger();
        private final CountDownLatch recovered = new CountDownLatch(3);

        @Override
        public String name() {
            return "test.ear";
        }

        @Override
        public void on(Published event) {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
            heard.add(event);
            recovered.countDown();
        }

        private List<Long> positions() {
            return heard.stream().map(Published::position).toList();
        }
    }

    @Test
    public void aSubscriberHearsWhatIsPublishedInOrderAcrossRestarts() {
        pay(1);
        var ear = new Ear();
        try (var subscription = runtime.subscribe(ear)) {
            pay(2);
            wake("grace", Duration.ZERO);
            runtime.fireDue();
            pay(3);
            runtime.settle();
        }
        assertEquals(List.of(1L, 2L, 4L), ear.positions());
        assertEquals(new Ledger.Payment(3, 6), ear.heard.get(2).event());
        var stored = streams.read(SITE, account, 3, 1).get(0);
        assertEquals(
                new EventSubscriber.Published(SITE, 4, stored.id(), account, stored.at(), new Ledger.Payment(3, 6)),
                ear.heard.get(2));
        reopen();
        pay(4);
        var again = new Ear();
        try (var subscription = runtime.subscribe(again)) {
            runtime.settle();
            assertEquals(List.of(5L), again.positions());
        }
    }

    @Test
    public void aSubscriberThatFailsHearsTheSameEventAgainBeforeLaterOnes() throws Exception {
        var ear = new Ear();
        ear.failures.set(2);
        try (var subscription = runtime.subscribe(ear)) {
            pay(1);
            pay(2);
            pay(3);
            assertTrue(ear.recovered.await(5, TimeUnit.SECONDS));
            assertEquals(List.of(1L, 2L, 3L), ear.positions());
        }
    }

    @Test
    public void aSubscriberIsOwedWhatAnAbsentSliceHadPublished() {
        try (var later = runtime.journal().open(new Ledger("later", Optional.empty()))) {
            pay(1);
            pay(later, account, UUID.randomUUID(), 10);
            pay(2);
            pay(later, account, UUID.randomUUID(), 20);
        }
        var ear = new Ear();
        try (var subscription = runtime.subscribe(ear)) {
            runtime.settle();
            assertEquals(List.of(1L, 3L), ear.positions());
        }
        reopen();
        try (var subscription = runtime.subscribe(ear)) {
            runtime.settle();
            assertEquals(List.of(1L, 3L), ear.positions());
            try (var later = runtime.journal().open(new Ledger("later", Optional.empty()))) {
                runtime.settle();
                assertEquals(List.of(1L, 3L, 2L, 4L), ear.positions());
                pay(later, account, UUID.randomUUID(), 30);
                pay(3);
                runtime.settle();
                assertEquals(List.of(1L, 3L, 2L, 4L, 5L, 6L), ear.positions());
                assertEquals(new Ledger.Payment(30, 60), ear.heard.get(4).event());
            }
        }
    }

    @Test
    public void aSubscriberReactsWithACommandOnce() {
        var target = UUID.randomUUID();
        var subscriber = new EventSubscriber() {
            @Override
            public String name() {
                return "test.echo";
            }

            @Override
            public void on(Published event) {
                if (event.stream().equals(account)) {
                    var id = dev.tandem.journal.Ids.derived(event.id(), name());
                    pay(target, id, ((Ledger.Payment) event.event()).amount());
                    pay(target, id, ((Ledger.Payment) event.event()).amount());
                }
            }
        };
        try (var subscription = runtime.subscribe(subscriber)) {
            pay(5);
            pay(6);
            runtime.settle();
        }
        assertEquals(11, streams.load(SITE, target).state().balance());
    }
}
