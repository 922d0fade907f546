package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.After;
import org.junit.Test;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Lease;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Streams;
import dev.tandem.journal.internal.Ledger.Account;
import dev.tandem.journal.internal.Ledger.Balance;
import dev.tandem.journal.internal.Ledger.Event;
import dev.tandem.journal.testing.TestDatabase;

/** Nothing is written under a lease that has gone on. */
public class FenceTest extends JournalContract {
    private final List<JournalRuntime> nodes = new ArrayList<>();

    @After
    public void endAll() {
        nodes.forEach(JournalRuntime::close);
    }

    private JournalRuntime start(String name) {
        assumeTrue("several nodes there are on PostgreSQL", database == TestDatabase.POSTGRESQL);
        var node = JournalRuntime.node(source, clock, name);
        nodes.add(node);
        return node;
    }

    private static Answer<Balance> pay(
            Streams<Account, Event> streams, UUID account, UUID id, Optional<Lease> lease, long amount) {
        var command = command(account, id);
        return streams.execute(lease.map(command::under).orElse(command), (state, now) -> Ledger.pay(state, amount));
    }

    private void assertLost(Answer<Balance> answer) {
        assertEquals("lease-lost", refusal(answer).code());
        assertEquals(Refusal.Reason.BUSY, refusal(answer).reason());
    }

    @Test
    public void whatIsHeldMayWrite() {
        var lease = runtime.leases().take(SITE, "x");
        assertEquals(accepted(1, 1), pay(streams, account, UUID.randomUUID(), lease, 1));
        assertEquals(accepted(3, 2), pay(streams, account, UUID.randomUUID(), Optional.empty(), 2));
        assertEquals(accepted(6, 3), pay(streams, account, UUID.randomUUID(), lease, 3));
    }

    @Test
    public void whatIsLostMayNotAndTheRefusalIsNotItsAnswer() {
        var lease = runtime.leases().take(SITE, "x");
        var before = UUID.randomUUID();
        var after = UUID.randomUUID();
        assertEquals(accepted(1, 1), pay(streams, account, before, lease, 1));
        runtime.leases().release(lease.orElseThrow());
        assertLost(pay(streams, account, after, lease, 1));
        // What was written when it was held stays written.
        assertEquals(accepted(1, 1), pay(streams, account, before, lease, 1));
        assertEquals(1, streams.load(SITE, account).version());
        assertEquals(
                accepted(2, 2), pay(streams, account, after, runtime.leases().take(SITE, "x"), 1));
        assertEquals(accepted(2, 2), pay(streams, account, after, lease, 1));
        assertVerifies(2);
    }

    @Test
    public void anInventedLeaseIsNone() {
        var self = runtime.nodes().self().id();
        assertLost(pay(streams, account, UUID.randomUUID(), Optional.of(new Lease(SITE, "x", self, 1)), 1));
        runtime.leases().take(SITE, "x");
        assertLost(pay(streams, account, UUID.randomUUID(), Optional.of(new Lease(SITE, "x", self, 2)), 1));
        assertLost(pay(streams, account, UUID.randomUUID(), Optional.of(new Lease(SITE, "y", self, 1)), 1));
    }

    @Test
    public void ofManyInOneBatchThoseUnderALostLeaseAreRefused() throws Exception {
        var lost = runtime.leases().take(SITE, "lost");
        runtime.leases().release(lost.orElseThrow());
        var held = runtime.leases().take(SITE, "held");
        var answers = together(
                24,
                n -> pay(
                        streams,
                        new UUID(3, n),
                        UUID.randomUUID(),
                        n % 3 == 0 ? lost : n % 3 == 1 ? held : Optional.<Lease>empty(),
                        1));
        for (int n = 0; n < 24; n++) {
            if (n % 3 == 0) {
                assertLost(answers.get(n));
            } else {
                assertEquals(accepted(1, 1), answers.get(n));
            }
        }
        assertVerifies(16);
    }

    /** The node that was suspended: it believes that it holds the lease, and the others have taken it for dead. */
    @Test
    public void aNodeThatWasAwayWritesNothingAfterItsLeaseWentOn() {
        var a = start("a");
        var b = start("b");
        var streamsOfA = a.journal().open(new Ledger());
        var streamsOfB = b.journal().open(new Ledger());
        var claimOfA = a.leases().claim(SITE, "x", new LeasesTest.Diary());
        var claimOfB = b.leases().claim(SITE, "x", new LeasesTest.Diary());
        var early = claimOfA.held();
        assertEquals(accepted(1, 1), pay(streamsOfA, account, UUID.randomUUID(), early, 1));
        for (int second = 0; second < 12; second++) {
            clock.advance(Nodes.BEAT);
            b.beat();
        }
        var late = claimOfB.held();
        assertEquals(early.orElseThrow().epoch() + 1, late.orElseThrow().epoch());
        assertEquals("it does not know yet", early, claimOfA.held());
        assertEquals(accepted(2, 2), pay(streamsOfB, account, UUID.randomUUID(), late, 1));
        var refused = UUID.randomUUID();
        assertLost(pay(streamsOfA, account, refused, early, 10));
        assertEquals(0, count("SELECT COUNT(*) FROM journal_event WHERE command = ?", refused));
        assertEquals(0, count("SELECT COUNT(*) FROM journal_command WHERE id = ?", refused));
        a.beat();
        assertEquals(Optional.empty(), claimOfA.held());
        assertLost(pay(streamsOfA, account, refused, early, 10));
        assertVerifies(2);
    }

    /** A command under a lease of one node, while another takes that lease. */
    private final class TakeOver {
        private final JournalRuntime a = start("a");
        private final JournalRuntime b = start("b");
        private final Streams<Account, Event> streamsOfA = a.journal().open(new Ledger());
        private final CountDownLatch within = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private Lease lease;
        private Future<Answer<Balance>> written;

        TakeOver() {
            b.journal().open(new Ledger());
        }

        /** It is being decided from now on. */
        void decide() throws Exception {
            lease = a.leases().take(SITE, "x").orElseThrow();
            written = threads.submit(
                    () -> streamsOfA.execute(command(account, UUID.randomUUID()).under(lease), (state, now) -> {
                        within.countDown();
                        try {
                            assertTrue(goOn.await(10, TimeUnit.SECONDS));
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return Ledger.pay(state, 5);
                    }));
            assertTrue(within.await(10, TimeUnit.SECONDS));
            sql("DELETE FROM journal_node WHERE id = ?", lease.node());
        }

        /** With which epoch, and how many events it sees then. */
        String take() {
            var mine = b.leases().take(SITE, "x").orElseThrow();
            return mine.epoch() + ":" + count("SELECT COUNT(*) FROM journal_event");
        }
    }

    /** Whoever takes a lease sees everything that was written under it before. */
    @Test
    public void aTakeOverWaitsForTheTransactionUnderWay() throws Exception {
        var over = new TakeOver();
        over.decide();
        var taken = threads.submit(over::take);
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        while (waiting() == 0 && !taken.isDone() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertFalse("it must wait", taken.isDone());
        over.goOn.countDown();
        assertEquals(accepted(5, 1), over.written.get(10, TimeUnit.SECONDS));
        assertEquals("2:1", taken.get(10, TimeUnit.SECONDS));
        assertLost(pay(over.streamsOfA, account, UUID.randomUUID(), Optional.of(over.lease), 1));
    }

    /** One that goes ahead, since its node knows the stream and where the chain ends, holds nothing before it writes. */
    @Test
    public void whatGoesAheadIsNotWrittenAfterATakeOver() throws Exception {
        var over = new TakeOver();
        assertEquals(accepted(0, 1), pay(over.streamsOfA, account, UUID.randomUUID(), Optional.empty(), 0));
        over.decide();
        assertEquals("2:1", over.take());
        over.goOn.countDown();
        assertLost(over.written.get(10, TimeUnit.SECONDS));
        assertLost(pay(over.streamsOfA, account, UUID.randomUUID(), Optional.of(over.lease), 1));
        assertEquals(accepted(7, 2), pay(over.streamsOfA, account, UUID.randomUUID(), Optional.empty(), 7));
        assertVerifies(2);
    }

    /** One that is suspended within a transaction holds rows that others wait for: the database ends it. */
    @Test
    public void theDatabaseDoesNotWaitForANodeForEver() {
        assumeTrue("SQLite has one process", database == TestDatabase.POSTGRESQL);
        var most = runtime.database()
                .write(sql -> sql.first("SHOW idle_in_transaction_session_timeout", row -> row.getString(1)));
        assertEquals(Optional.of("4s"), most);
    }

    private long waiting() {
        return count("SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND query LIKE 'UPDATE journal_lease%'");
    }
}
