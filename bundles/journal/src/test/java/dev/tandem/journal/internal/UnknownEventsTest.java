package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Decision;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.StreamKind;
import dev.tandem.journal.Streams;
import dev.tandem.journal.internal.Ledger.Balance;

/** A node of the former version on a database where a newer one writes events that the former does not know. */
@SuppressWarnings("try") // Subscriptions are held open, not used.
public class UnknownEventsTest extends JournalContract {
    /** The ledger of the next version, which has gifts. */
    private static final class NewerLedger implements StreamKind<Long, NewerLedger.Event> {
        sealed interface Event {
            record Paid(long amount) implements Event {}

            record Given(long amount) implements Event {}

            record Reminded(String deadline) implements Event {}
        }

        private static final EventTypes<Event> EVENTS = EventTypes.<Event>none()
                .with("ledger.paid.v2", Event.Paid.class)
                .with("ledger.given.v1", Event.Given.class)
                .with("ledger.reminded.v1", Event.Reminded.class);

        @Override
        public String name() {
            return "ledger";
        }

        @Override
        public EventTypes<Event> events() {
            return EVENTS;
        }

        @Override
        public Long initial() {
            return 0L;
        }

        @Override
        public Long evolve(Long state, Event event) {
            if (event instanceof Event.Paid paid) {
                return state + paid.amount();
            }
            return event instanceof Event.Given given ? state + given.amount() : state;
        }

        @Override
        public List<Object> publish(Recorded<Event> event, Long after) {
            if (event.event() instanceof Event.Paid paid) {
                return List.of("paid " + paid.amount());
            }
            return event.event() instanceof Event.Given given ? List.of("given " + given.amount()) : List.of();
        }

        @Override
        public Decision<Event, None> due(Long state, String deadline, Instant now) {
            return Decision.accept(List.of(new Event.Reminded(deadline)));
        }
    }

    private JournalRuntime newer;
    private Streams<Long, NewerLedger.Event> theirs;

    @Before
    public void openNewer() {
        newer = JournalRuntime.open(source, clock);
        theirs = newer.journal().open(new NewerLedger());
    }

    @After
    public void closeNewer() {
        newer.close();
    }

    private Answer<Balance> they(UUID stream, UUID id, NewerLedger.Event event) {
        return theirs.execute(
                command(stream, id),
                (state, now) -> Decision.accept(List.of(event), new Balance(new NewerLedger().evolve(state, event))));
    }

    private Answer<Balance> give(UUID stream, long amount) {
        return they(stream, UUID.randomUUID(), new NewerLedger.Event.Given(amount));
    }

    @Test
    public void aStreamWithEventsThatAreNotKnownIsNotWritten() {
        assertEquals(accepted(5, 1), pay(5));
        assertEquals(accepted(7, 2), give(account, 2));
        var id = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            var refused = refusal(pay(account, id, 1));
            assertEquals("newer-version", refused.code());
            assertEquals(Refusal.Reason.BUSY, refused.reason());
        }
        assertEquals(new Streams.Current<>(7L, 2), theirs.load(SITE, account));
        assertEquals("of what is known", 5, streams.load(SITE, account).state().balance());
        assertEquals(2, streams.load(SITE, account).version());
        assertEquals(1, streams.read(SITE, account, 0, 10).size());
        assertEquals("others are written", accepted(1, 1), pay(UUID.randomUUID(), UUID.randomUUID(), 1));

        var there = they(account, id, new NewerLedger.Event.Paid(1));
        assertEquals("not remembered as the answer", accepted(8, 3), there);
        assertEquals("the first answer of all", there, pay(account, id, 1));
        assertEquals(5, balanceRow(account));
        assertVerifies(4);
        reopen();
        assertEquals("newer-version", refusal(pay(1)).code());
        assertEquals(there, pay(account, id, 1));
        assertVerifies(4);
    }

    @Test
    public void oneInABatchHoldsUpNobody() throws Exception {
        var other = UUID.randomUUID();
        pay(5);
        pay(other, UUID.randomUUID(), 1);
        give(account, 2);
        var outcomes = batch(
                List.of(() -> pay(other, UUID.randomUUID(), 1), () -> pay(1), () -> pay(other, UUID.randomUUID(), 1)));
        assertEquals(accepted(2, 2), outcomes.get(0).get());
        assertEquals("newer-version", refusal(outcomes.get(1).get()).code());
        assertEquals(accepted(3, 3), outcomes.get(2).get());
        assertVerifies(6);
    }

    @Test
    public void listenersGoOn() {
        pay(5);
        give(account, 2);
        they(account, UUID.randomUUID(), new NewerLedger.Event.Paid(1));
        pay(UUID.randomUUID(), UUID.randomUUID(), 3);
        runtime.settle();
        assertEquals(
                List.of(1L, 3L, 4L),
                ledger.heard.stream().map(Recorded::position).toList());
    }

    /** What a newer version has written is for a newer node to hear, and all of that kind after it: in order, nothing lost. */
    @Test
    public void subscriberLeavesToANewerNodeWhatItDoesNotUnderstand() {
        var heard = new CopyOnWriteArrayList<Object>();
        try (var subscription = runtime.subscribe(hearing(heard))) {
            pay(5);
            give(account, 2);
            they(account, UUID.randomUUID(), new NewerLedger.Event.Paid(1));
            pay(UUID.randomUUID(), UUID.randomUUID(), 3);
            runtime.settle();
        }
        assertEquals(List.of(new Ledger.Payment(5, 5)), heard);

        heard.clear();
        runtime.close();
        try (var subscription = newer.subscribe(hearing(heard))) {
            newer.beat();
            newer.settle();
        } finally {
            reopen();
        }
        assertEquals(List.of("given 2", "paid 1", "paid 3"), heard);
    }

    private static EventSubscriber hearing(List<Object> heard) {
        return new EventSubscriber() {
            @Override
            public String name() {
                return "test.old";
            }

            @Override
            public void on(Published event) {
                heard.add(event.event());
            }
        };
    }

    @Test
    public void deadlinesAreLeftToThoseWhoKnow() {
        streams.execute(
                command(account, UUID.randomUUID()),
                (state, now) -> Ledger.pay(state, 1) instanceof Decision.Accepted<Ledger.Event, Balance> yes
                        ? yes.wake("grace", now.plus(Duration.ofMinutes(1)))
                        : Ledger.pay(state, 1));
        give(account, 2);
        clock.advance(Duration.ofMinutes(1));
        assertEquals(0, runtime.fireDue());
        assertEquals(2, theirs.load(SITE, account).version());
        assertTrue(newer.fireDue() > 0);
        assertEquals(3, theirs.load(SITE, account).version());
        assertVerifies(3);
    }
}
