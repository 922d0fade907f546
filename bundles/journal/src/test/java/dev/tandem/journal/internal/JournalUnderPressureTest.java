package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.Test;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.internal.Ledger.Balance;

/** What the journal promises when commands fail, clash or are too many, on every database. */
@SuppressWarnings("try") // Subscriptions are held open, not used.
public class JournalUnderPressureTest extends JournalContract {
    // Failures of foreign code

    /** Runs several commands so that they are one batch: the first holds the lane until the others wait. */
    @Test
    public void aFailingCommandDoesNotTakeDownItsBatch() throws Exception {
        var others = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        var outcomes = batch(List.of(
                () -> pay(others.get(0), UUID.randomUUID(), 1),
                () -> pay(others.get(0), UUID.randomUUID(), Ledger.UNDECIDABLE),
                () -> pay(others.get(1), UUID.randomUUID(), Ledger.UNPROJECTABLE),
                () -> pay(others.get(2), UUID.randomUUID(), -1),
                () -> pay(others.get(2), UUID.randomUUID(), 3)));
        assertEquals(accepted(1, 1), outcomes.get(0).get(10, TimeUnit.SECONDS));
        var undecided = assertThrows(Exception.class, () -> outcomes.get(1).get(10, TimeUnit.SECONDS));
        assertEquals(UnsupportedOperationException.class, undecided.getCause().getClass());
        assertThrows(Exception.class, () -> outcomes.get(2).get(10, TimeUnit.SECONDS));
        outcomes.get(3).get(10, TimeUnit.SECONDS);
        assertEquals(
                new Balance(3),
                outcomes.get(4).get(10, TimeUnit.SECONDS).orElseThrow(r -> new IllegalStateException(r.code())));
        assertEquals(-1, balanceRow(others.get(1)));
        assertEquals(0, streams.load(SITE, others.get(1)).version());
        assertEquals(1, balanceRow(others.get(0)));
        assertEquals(3, balanceRow(others.get(2)));
        assertVerifies(3);
    }

    @Test
    public void aProjectionThatFailsOnlyWhenItIsFlushedDoesNotTakeDownItsBatch() throws Exception {
        var others = List.of(UUID.randomUUID(), UUID.randomUUID());
        var outcomes = batch(List.of(
                () -> pay(others.get(0), UUID.randomUUID(), 1),
                () -> pay(others.get(1), UUID.randomUUID(), Ledger.UNBINDABLE),
                () -> pay(others.get(0), UUID.randomUUID(), 2)));
        assertEquals(accepted(1, 1), outcomes.get(0).get(10, TimeUnit.SECONDS));
        var unbound = assertThrows(Exception.class, () -> outcomes.get(1).get(10, TimeUnit.SECONDS));
        assertEquals(UnsupportedOperationException.class, unbound.getCause().getClass());
        assertEquals(accepted(3, 2), outcomes.get(2).get(10, TimeUnit.SECONDS));
        assertEquals(-1, balanceRow(others.get(1)));
        assertEquals(3, balanceRow(others.get(0)));
        assertVerifies(3);
    }

    @Test
    public void aFailedCommandMayBeTriedAgainUnderItsId() {
        var id = UUID.randomUUID();
        assertThrows(UnsupportedOperationException.class, () -> pay(account, id, Ledger.UNDECIDABLE));
        assertThrows(IllegalStateException.class, () -> pay(account, id, Ledger.UNPROJECTABLE));
        assertEquals(accepted(2, 1), pay(account, id, 2));
    }

    @Test
    public void aProjectionThatLostADeadlockIsTriedAgain() {
        pay(1);
        assertEquals(accepted(1 + Ledger.UNLUCKY, 2), pay(Ledger.UNLUCKY));
        assertEquals(1 + Ledger.UNLUCKY, balanceRow(account));
        assertVerifies(2);
    }

    @Test
    public void aDecisionCannotWaitForAnotherCommand() {
        assertThrows(
                IllegalStateException.class,
                () -> streams.execute(command(account, UUID.randomUUID()), (s, now) -> {
                    pay(1);
                    return Ledger.pay(s, 1);
                }));
        assertEquals(accepted(1, 1), pay(1));
    }

    // Conflicts

    @Test
    public void aVersionConflictDecidesAgainOnTheNewState() {
        pay(5);
        intrude(account, 2, 1000);
        assertEquals(accepted(56, 3), pay(1));
    }

    @Test
    public void aConflictThatStaysIsRefusedInTheEnd() {
        pay(5);
        intrude(UUID.randomUUID(), 1, 2);
        var decided = new AtomicInteger();
        var id = UUID.randomUUID();
        var answer = streams.execute(command(account, id), (state, now) -> {
            decided.incrementAndGet();
            return Ledger.pay(state, 1);
        });
        assertEquals("version-conflict", refusal(answer).code());
        assertEquals(Refusal.Reason.CONFLICT, refusal(answer).reason());
        assertEquals("once and three times again", 4, decided.get());
        assertEquals(5, streams.load(SITE, account).state().balance());
        sql("DELETE FROM journal_event WHERE position = 2");
        assertEquals("a conflict is not remembered as the answer", accepted(6, 2), pay(account, id, 1));
        assertVerifies(2);
    }

    @Test
    public void twoNodesOnOneDatabaseSeeEachOther() throws Exception {
        try (var other = JournalRuntime.open(source, clock)) {
            var theirs = other.journal().open(new Ledger());
            assertEquals(accepted(1, 1), pay(1));
            assertEquals(accepted(3, 2), pay(theirs, account, UUID.randomUUID(), 2));
            assertEquals(3, streams.load(SITE, account).state().balance());
            assertEquals(accepted(6, 3), pay(3));
            assertEquals(
                    "too-poor",
                    refusal(pay(theirs, account, UUID.randomUUID(), -7)).code());

            var id = UUID.randomUUID();
            assertEquals(accepted(10, 4), pay(account, id, 4));
            assertEquals(accepted(10, 4), pay(theirs, account, id, 4));

            var withdrawn = together(6, n -> {
                int mine = 0;
                for (int i = 0; i < 10; i++) {
                    var answer = pay(n % 2 == 0 ? streams : theirs, account, UUID.randomUUID(), -1);
                    mine += answer instanceof Answer.Accepted ? 1 : 0;
                }
                return mine;
            });
            assertEquals(
                    "no more than there was",
                    10,
                    withdrawn.stream().mapToInt(n -> n).sum());
            assertEquals(0, streams.load(SITE, account).state().balance());
            assertEquals(0, theirs.load(SITE, account).state().balance());
            assertEquals(14, streams.load(SITE, account).version());
            assertVerifies(14);
        }
    }

    // Limits and ends

    @Test
    public void aFullLaneSaysSoAtOnce() throws Exception {
        try (var small = JournalRuntime.open(source, clock, 2)) {
            var narrow = small.journal().open(new Ledger("narrow", Optional.empty()));
            var entered = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            var holder = threads.submit(() -> narrow.execute(command(account, UUID.randomUUID()), (state, now) -> {
                entered.countDown();
                await(go);
                return Ledger.pay(state, 1);
            }));
            await(entered);
            var id = UUID.randomUUID();
            var answers = new java.util.concurrent.ConcurrentLinkedQueue<Answer<Balance>>();
            var refused = new CountDownLatch(3);
            var all = new CountDownLatch(5);
            for (int i = 0; i < 5; i++) {
                var its = i == 0 ? id : UUID.randomUUID();
                threads.submit(() -> {
                    answers.add(pay(narrow, account, its, 1));
                    refused.countDown();
                    all.countDown();
                });
            }
            await(refused);
            answers.forEach(
                    answer -> assertEquals(Refusal.Reason.BUSY, refusal(answer).reason()));
            assertEquals(3, answers.size());
            go.countDown();
            holder.get(10, TimeUnit.SECONDS);
            await(all);
            assertTrue("being busy is no answer to remember", pay(narrow, account, id, 1) instanceof Answer.Accepted);
        }
    }

    @Test
    public void aKindIsOpenOnceAndClosedForGood() {
        assertThrows(IllegalStateException.class, () -> runtime.journal().open(new Ledger()));
        streams.close();
        streams.close();
        assertEquals(Refusal.Reason.BUSY, refusal(pay(1)).reason());
        streams = runtime.journal().open(ledger);
        assertEquals(accepted(1, 1), pay(1));
    }

    @Test
    public void closingWaitsForWhatIsUnderWay() throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var answer = threads.submit(() -> streams.execute(command(account, UUID.randomUUID()), (state, now) -> {
            entered.countDown();
            await(go);
            return Ledger.pay(state, 1);
        }));
        await(entered);
        var closing = threads.submit(() -> streams.close());
        assertThrows(java.util.concurrent.TimeoutException.class, () -> closing.get(100, TimeUnit.MILLISECONDS));
        go.countDown();
        closing.get(10, TimeUnit.SECONDS);
        assertEquals(accepted(1, 1), answer.get(10, TimeUnit.SECONDS));
        assertEquals("its listener has heard it", 1, ledger.heard.size());
        streams = runtime.journal().open(ledger);
    }

    @Test
    public void databaseReadsSeeOneStateAndWritesAreAllOrNothing() {
        var kept = new UUID(1, 1);
        sql("INSERT INTO ledger_account (site, id, balance) VALUES (?, ?, 1)", SITE, kept);
        assertThrows(DatabaseException.class, () -> runtime.database().write(sql -> {
            sql.update("UPDATE ledger_account SET balance = 2");
            return sql.update("UPDATE no_such_table SET x = 1");
        }));
        assertEquals(1, balanceRow(kept));
        var seen = runtime.database().read(sql -> {
            var before = sql.first("SELECT balance FROM ledger_account", row -> row.getLong(1));
            inAnotherThread(() -> sql("UPDATE ledger_account SET balance = 3"));
            assertEquals(before, sql.first("SELECT balance FROM ledger_account", row -> row.getLong(1)));
            return before;
        });
        assertEquals(Optional.of(1L), seen);
        assertEquals(3, balanceRow(kept));
        assertThrows(DatabaseException.class, () -> runtime.database()
                .read(sql -> sql.update("UPDATE ledger_account SET balance = 4")));
        assertFalse("a reader writes nothing", balanceRow(kept) == 4);
    }
}
