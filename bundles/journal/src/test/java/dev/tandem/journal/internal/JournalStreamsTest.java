package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.Test;

import dev.tandem.journal.Command;
import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Streams;
import dev.tandem.journal.internal.Ledger.Account;
import dev.tandem.journal.internal.Ledger.Balance;
import dev.tandem.journal.internal.Ledger.Event;
import dev.tandem.platform.SiteId;

/** What the journal promises of streams, repeats and order, on every database. */
@SuppressWarnings("try") // Subscriptions are held open, not used.
public class JournalStreamsTest extends JournalContract {
    // Append and read

    @Test
    public void whatWasAppendedIsReadInOrder() {
        assertEquals(accepted(5, 1), pay(5));
        assertEquals(accepted(12, 2), pay(7));
        assertEquals(new Streams.Current<>(new Account(12, 0, Optional.empty()), 2), streams.load(SITE, account));
        assertEquals(12, balanceRow(account));

        var read = streams.read(SITE, account, 0, 10);
        assertEquals(List.of(1L, 2L), read.stream().map(Recorded::version).toList());
        assertEquals(List.of(1L, 2L), read.stream().map(Recorded::position).toList());
        var first = read.get(0);
        assertEquals(new Event.Paid(5, Optional.empty()), first.event());
        assertEquals("agent:anna", first.actor());
        assertEquals(clock.instant(), first.at());
        assertEquals(account, first.stream());
        assertEquals(7, first.id().version());
        assertEquals(read.subList(1, 2), streams.read(SITE, account, 1, 10));
        assertEquals(read.subList(0, 1), streams.read(SITE, account, 0, 1));
        assertVerifies(2);
    }

    @Test
    public void whatWasAppendedIsThereAfterAnOrderlyEnd() {
        pay(5);
        reopen();
        assertEquals(accepted(8, 2), pay(3));
        assertVerifies(2);
    }

    @Test
    public void aStreamWithoutEventsIsInitial() {
        assertEquals(new Streams.Current<>(ledger.initial(), 0), streams.load(SITE, account));
        assertEquals(List.of(), streams.read(SITE, account, 0, 10));
        assertVerifies(0);
    }

    @Test
    public void manyStreamsAreReadAtOnceAsOneByOne() {
        var all = new ArrayList<UUID>();
        for (int i = 0; i < 450; i++) {
            var one = UUID.randomUUID();
            all.add(one);
            for (int n = 0; n <= i % 3; n++) {
                long amount = i + n;
                streams.execute(
                        command(one, UUID.randomUUID()),
                        (state, now) ->
                                Decision.accept(List.of(new Event.Paid(amount, Optional.empty())), new Balance(0)));
            }
        }
        reopen();
        var nobody = UUID.randomUUID();
        var asked = new ArrayList<>(all);
        asked.add(nobody);
        var found = streams.load(SITE, asked);
        assertEquals(all.size(), found.size());
        for (var one : all) {
            assertEquals(streams.load(SITE, one), found.get(one));
        }
        assertEquals(java.util.Map.of(), streams.load(SITE, List.of()));
    }

    @Test
    public void aDecisionMayHaveNoOrManyEvents() {
        var nothing = streams.execute(
                command(account, UUID.randomUUID()), (state, now) -> Decision.accept(List.of(), new Balance(0)));
        assertEquals(accepted(0, 0), nothing);
        var three = streams.execute(
                command(account, UUID.randomUUID()),
                (state, now) -> Decision.accept(
                        LongStream.rangeClosed(1, 3)
                                .mapToObj(n -> new Event.Paid(n, Optional.empty()))
                                .toList(),
                        new Balance(6)));
        assertEquals(accepted(6, 3), three);
        assertEquals(6, streams.load(SITE, account).state().balance());
        assertVerifies(3);
    }

    @Test
    public void sitesShareNothing() {
        pay(5);
        var other = new SiteId("other");
        assertEquals(0, streams.load(other, account).version());
        var id = UUID.randomUUID();
        pay(account, id, 1);
        var there = streams.execute(
                new Command<>(other, account, id, "system", Balance.class), (state, now) -> Ledger.pay(state, 4));
        assertEquals(accepted(4, 1), there);
        assertEquals(1, streams.read(other, account, 0, 10).get(0).position());
        assertEquals(1, runtime.journal().verify(other).events());
    }

    @Test
    public void anyTextIsKeptAsItIs() {
        var texts = List.of("nul \u0000 inside", "emoji \uD83D\uDE80", "\u202Eright to left", "x".repeat(65_536), "");
        for (var text : texts) {
            var seal = runtime.sealer().seal("customer:1", text);
            streams.execute(command(account, UUID.randomUUID()), (state, now) -> Decision.<Event, Balance>accept(
                            List.of(new Event.Reminded(text), new Event.Paid(1, Optional.of(seal.ref()))),
                            new Balance(1))
                    .with(seal));
            assertEquals(Optional.of(text), runtime.journal().personal(SITE, seal.ref()));
            var stored = streams.read(SITE, account, 0, 100);
            assertEquals(new Event.Reminded(text), stored.get(stored.size() - 2).event());
        }
        streams.execute(
                command(account, UUID.randomUUID()),
                (state, now) -> Decision.accept(List.of(new Event.Reminded("half a pair \uD83D")), new Balance(1)));
        assertVerifies(2 * texts.size() + 1);
    }

    // Repeats

    @Test
    public void aRepeatGetsTheFirstAnswerWithoutDeciding() {
        var id = UUID.randomUUID();
        var decided = new AtomicInteger();
        Streams.Decider<Account, Event, Balance> decider = (state, now) -> {
            decided.incrementAndGet();
            return Ledger.pay(state, 5);
        };
        var first = streams.execute(command(account, id), decider);
        pay(1);
        assertEquals(first, streams.execute(command(account, id), decider));
        reopen();
        assertEquals(first, streams.execute(command(account, id), decider));
        assertEquals(1, decided.get());
        assertEquals(6, streams.load(SITE, account).state().balance());
    }

    @Test
    public void aRepeatOfARefusalStaysRefused() {
        var id = UUID.randomUUID();
        var first = pay(account, id, -5);
        assertEquals(new Refusal(Refusal.Reason.CONFLICT, "too-poor", "There is only 0."), refusal(first));
        pay(100);
        assertEquals(first, pay(account, id, -5));
        assertEquals(100, streams.load(SITE, account).state().balance());
    }

    @Test
    public void anIdOfAnotherCommandIsRefused() {
        var id = UUID.randomUUID();
        pay(account, id, 5);
        assertEquals("command-id-reused", refusal(pay(UUID.randomUUID(), id, 5)).code());
        var otherType = streams.execute(
                new Command<>(SITE, account, id, "system", None.class), (state, now) -> Decision.nothing());
        assertEquals("command-id-reused", refusal(otherType).code());
        assertEquals(Refusal.Reason.CONFLICT, refusal(otherType).reason());
    }

    @Test
    public void repeatsAtTheSameTimeAreDecidedOnce() throws Exception {
        var id = UUID.randomUUID();
        var answers = together(8, n -> pay(account, id, 5));
        assertEquals(8, answers.size());
        answers.forEach(answer -> assertEquals(accepted(5, 1), answer));
        assertEquals(1, streams.load(SITE, account).version());
    }

    // Order

    @Test
    public void positionsHaveNoGapsWhenManyWrite() throws Exception {
        var accounts = IntStream.range(0, 5).mapToObj(n -> UUID.randomUUID()).toList();
        together(8, n -> {
            for (int i = 0; i < 25; i++) {
                pay(accounts.get((n + i) % 5), UUID.randomUUID(), i % 7 == 6 ? -1_000_000 : 1);
            }
            return true;
        });
        var positions = new ArrayList<Long>();
        for (var one : accounts) {
            var events = streams.read(SITE, one, 0, 1000);
            assertEquals(
                    LongStream.rangeClosed(1, events.size()).boxed().toList(),
                    events.stream().map(Recorded::version).toList());
            events.forEach(event -> positions.add(event.position()));
            assertEquals(events.size(), streams.load(SITE, one).state().balance());
            assertEquals(events.size(), balanceRow(one));
        }
        assertEquals(
                LongStream.rangeClosed(1, positions.size()).boxed().toList(),
                positions.stream().sorted().toList());
        assertVerifies(positions.size());
    }

    @Test
    public void listenersHearInOrderAndOneThatFailsHearsOn() {
        for (int i = 1; i <= 20; i++) {
            pay(i);
        }
        runtime.settle();
        assertEquals(
                LongStream.rangeClosed(1, 20).boxed().toList(),
                ledger.heard.stream().map(Recorded::position).toList());
    }

    // Shapes

    @Test
    public void formerShapesAreReadAsToday() {
        var old = UUID.randomUUID();
        intrude(old, 1, 1000);
        sql("UPDATE journal_event SET name = 'ledger.paid.v0', payload = '{\"pence\":40}'");
        assertEquals(40, streams.load(SITE, old).state().balance());
        assertEquals(
                new Event.Paid(40, Optional.empty()),
                streams.read(SITE, old, 0, 1).get(0).event());
        sql("UPDATE journal_event SET name = 'ledger.paid.v1', payload = '{\"cents\":40}'");
        assertEquals(accepted(42, 2), pay(old, UUID.randomUUID(), 2));
    }

    @Test
    public void eventsNobodyKnowsAreKeptSkippedAndVerified() {
        pay(5);
        try (var later = runtime.journal().open(new Ledger("later", Optional.empty()))) {
            pay(later, UUID.randomUUID(), UUID.randomUUID(), 3);
        }
        intrude(account, 2, 1000);
        sql("UPDATE journal_event SET name = 'ledger.from.a.newer.version.v1' WHERE position = 1000");
        reopen();
        assertEquals(new Streams.Current<>(new Account(5, 0, Optional.empty()), 2), streams.load(SITE, account));
        assertEquals(1, streams.read(SITE, account, 0, 10).size());
        assertEquals(Held.NEWER_VERSION, refusal(pay(1)));
        assertEquals(accepted(1, 1), pay(UUID.randomUUID(), UUID.randomUUID(), 1));
        sql("DELETE FROM journal_event WHERE position >= 1000");
        sql("DELETE FROM journal_event WHERE position = 3");
        runtime.close();
        runtime = JournalRuntime.open(source, clock);
        assertEquals("without its slice", "events 3 to 3 are missing at the end", fault());
        streams = runtime.journal().open(ledger);
    }
}
