package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Decision;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.StreamKind;
import dev.tandem.journal.Streams;

/** Batches that go ahead from memory while that is not the last word: another node has been there. No read model here. */
public class JournalAheadTest extends JournalContract {
    record Added(long amount) {}

    private static final class Tally implements StreamKind<Long, Added> {
        private static final EventTypes<Added> EVENTS = EventTypes.<Added>none().with("tally.added.v1", Added.class);

        @Override
        public String name() {
            return "tally";
        }

        @Override
        public EventTypes<Added> events() {
            return EVENTS;
        }

        @Override
        public Long initial() {
            return 0L;
        }

        @Override
        public Long evolve(Long state, Added event) {
            return state + event.amount();
        }
    }

    private JournalRuntime other;
    private Streams<Long, Added> here;
    private Streams<Long, Added> there;

    @Before
    public void openBoth() {
        here = runtime.journal().open(new Tally());
        other = JournalRuntime.open(source, clock);
        there = other.journal().open(new Tally());
        // From now on this node remembers the stream and where the chain ends.
        assertEquals(sum(1, 1), add(here, UUID.randomUUID(), 1));
        assertEquals(sum(2, 2), add(here, UUID.randomUUID(), 1));
    }

    @After
    public void closeOther() {
        other.close();
    }

    private static Answer<Ledger.Balance> sum(long value, long version) {
        return accepted(value, version);
    }

    private Answer<Ledger.Balance> add(Streams<Long, Added> node, UUID id, long amount) {
        return add(node, account, id, amount);
    }

    private static Answer<Ledger.Balance> add(Streams<Long, Added> node, UUID stream, UUID id, long amount) {
        return node.execute(
                new Command<>(SITE, stream, id, "system", Ledger.Balance.class),
                (state, now) -> Decision.accept(List.of(new Added(amount)), new Ledger.Balance(state + amount)));
    }

    @Test
    public void whatAnotherNodeHasAppendedIsDecidedOn() {
        for (int i = 0; i < 3; i++) {
            var before = here.load(SITE, account).state();
            assertEquals(new Ledger.Balance(before + 10), value(add(there, UUID.randomUUID(), 10)));
            assertEquals(new Ledger.Balance(before + 11), value(add(here, UUID.randomUUID(), 1)));
        }
        assertEquals(35, (long) here.load(SITE, account).state());
        assertVerifies(8);
    }

    private static Ledger.Balance value(Answer<Ledger.Balance> answer) {
        return answer.orElseThrow(refusal -> new IllegalStateException(refusal.code()));
    }

    @Test
    public void aRepeatOfWhatAnotherNodeHasAnsweredLeavesNothingBehind() {
        var id = UUID.randomUUID();
        assertEquals(sum(12, 3), add(there, id, 10));
        assertEquals("the counter row has moved", sum(12, 3), add(here, id, 10));

        var unseen = UUID.randomUUID();
        add(here, UUID.randomUUID(), 1);
        sql(
                "INSERT INTO journal_command (site, id, kind, stream, type, accepted, version, body)"
                        + " VALUES (?, ?, 'tally', ?, ?, 1, 77, '{\"value\":77}')",
                SITE,
                unseen,
                account,
                Ledger.Balance.class.getName());
        assertEquals("only the command's key tells", sum(77, 77), add(here, unseen, 10));
        assertEquals(13, (long) here.load(SITE, account).state());
        assertVerifies(4);
    }

    @Test
    public void aRepeatInABatchHoldsUpNobody() throws Exception {
        var id = UUID.randomUUID();
        var streams = List.of(UUID.randomUUID(), UUID.randomUUID());
        streams.forEach(stream -> add(here, stream, UUID.randomUUID(), 1));
        assertEquals(sum(12, 3), add(there, id, 10));
        List<Callable<Answer<Ledger.Balance>>> commands = List.of(
                () -> add(here, streams.get(0), UUID.randomUUID(), 1),
                () -> add(here, account, id, 10),
                () -> add(here, streams.get(1), UUID.randomUUID(), 1),
                () -> add(here, account, UUID.randomUUID(), 1));
        var answers = batch(commands);
        assertEquals(sum(2, 2), answers.get(0).get(10, TimeUnit.SECONDS));
        assertEquals(sum(12, 3), answers.get(1).get(10, TimeUnit.SECONDS));
        assertEquals(sum(2, 2), answers.get(2).get(10, TimeUnit.SECONDS));
        assertEquals(sum(13, 4), answers.get(3).get(10, TimeUnit.SECONDS));
        assertVerifies(2 + 2 + 1 + 1 + 3);
    }

    // What begins a stream

    private static Answer<Ledger.Balance> begin(Streams<Long, Added> node, UUID stream, UUID id, long amount) {
        return node.execute(
                new Command<>(SITE, stream, id, "system", Ledger.Balance.class).beginning(),
                (state, now) -> Decision.accept(
                        amount == 0 ? List.of() : List.of(new Added(amount)), new Ledger.Balance(state + amount)));
    }

    @Test
    public void whatBeginsAStreamIsDecidedOnNothing() {
        var stream = UUID.randomUUID();
        assertEquals(sum(5, 1), begin(here, stream, UUID.randomUUID(), 5));
        assertEquals(sum(6, 2), add(here, stream, UUID.randomUUID(), 1));
        assertEquals(sum(8, 3), begin(here, stream, UUID.randomUUID(), 2));
        assertEquals(sum(0, 0), begin(here, UUID.randomUUID(), UUID.randomUUID(), 0));
        assertVerifies(5);
    }

    @Test
    public void whatDoesNotBeginItAfterAllIsDecidedOnWhatIsThere() {
        try (var third = JournalRuntime.open(source, clock)) {
            var late = third.journal().open(new Tally());
            // It knows where the chain ends, and nothing of the other stream.
            assertEquals(sum(1, 1), add(late, UUID.randomUUID(), UUID.randomUUID(), 1));
            assertEquals(
                    "without events there is no version that clashes",
                    sum(2, 2),
                    begin(late, account, UUID.randomUUID(), 0));
        }
        try (var fourth = JournalRuntime.open(source, clock)) {
            var late = fourth.journal().open(new Tally());
            assertEquals(sum(1, 1), add(late, UUID.randomUUID(), UUID.randomUUID(), 1));
            assertEquals(sum(12, 3), begin(late, account, UUID.randomUUID(), 10));
        }
        assertEquals(12, (long) here.load(SITE, account).state());
        assertVerifies(5);
    }

    @Test
    public void aBeginningThatIsSentAgainBeginsNothing() {
        var id = UUID.randomUUID();
        var stream = UUID.randomUUID();
        assertEquals(sum(5, 1), begin(here, stream, id, 5));
        assertEquals(sum(5, 1), begin(here, stream, id, 5));
        assertEquals("on another node", sum(5, 1), begin(there, stream, id, 5));
        for (var node : List.of(here, there)) {
            var other = UUID.randomUUID();
            assertEquals("command-id-reused", refusal(begin(node, other, id, 5)).code());
            assertEquals(0, here.load(SITE, other).version());
        }
        assertVerifies(3);
    }

    @Test
    public void manyOnBothNodesLoseNothing() throws Exception {
        together(6, n -> {
            for (int i = 0; i < 10; i++) {
                add(n % 2 == 0 ? here : there, UUID.randomUUID(), 1);
            }
            return true;
        });
        assertEquals(62, (long) here.load(SITE, account).state());
        assertEquals(62, here.load(SITE, account).version());
        assertVerifies(62);
    }
}
