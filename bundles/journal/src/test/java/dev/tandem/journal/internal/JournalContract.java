package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

import org.junit.After;
import org.junit.Before;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Streams;
import dev.tandem.journal.internal.Ledger.Account;
import dev.tandem.journal.internal.Ledger.Balance;
import dev.tandem.journal.internal.Ledger.Event;
import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.SiteId;

/** A journal on every database, and what its contract tests share. */
public abstract class JournalContract extends OnBothDatabases {
    static final SiteId SITE = new SiteId("acme");

    final TestClock clock = new TestClock();
    final Ledger ledger = new Ledger();
    final ExecutorService threads = Executors.newCachedThreadPool();
    final UUID account = UUID.randomUUID();
    DataSource source;
    JournalRuntime runtime;
    Streams<Account, Event> streams;

    @Before
    public void open() {
        source = durable();
        runtime = JournalRuntime.open(source, clock);
        Ledger.tables(runtime.database());
        streams = runtime.journal().open(ledger);
    }

    @After
    public void close() {
        threads.shutdownNow();
        runtime.close();
    }

    void reopen() {
        runtime.close();
        runtime = JournalRuntime.open(source, clock);
        streams = runtime.journal().open(ledger);
    }

    static Command<Balance> command(UUID stream, UUID id) {
        return new Command<>(SITE, stream, id, "agent:anna", Balance.class);
    }

    Answer<Balance> pay(UUID stream, UUID id, long amount) {
        return pay(streams, stream, id, amount);
    }

    static Answer<Balance> pay(Streams<Account, Event> streams, UUID stream, UUID id, long amount) {
        return streams.execute(command(stream, id), (state, now) -> Ledger.pay(state, amount));
    }

    Answer<Balance> pay(long amount) {
        return pay(account, UUID.randomUUID(), amount);
    }

    static Answer.Accepted<Balance> accepted(long balance, long version) {
        return new Answer.Accepted<>(new Balance(balance), version);
    }

    static Refusal refusal(Answer<?> answer) {
        return ((Answer.Refused<?>) answer).refusal();
    }

    long balanceRow(UUID id) {
        return runtime.database()
                .read(sql -> sql.first(
                        "SELECT balance FROM ledger_account WHERE site = ? AND id = ?",
                        row -> row.getLong(1),
                        SITE,
                        id))
                .orElse(-1L);
    }

    void sql(String statement, Object... values) {
        runtime.database().write(sql -> sql.update(statement, values));
    }

    long count(String query, Object... values) {
        return runtime.database()
                .read(sql -> sql.first(query, row -> row.getLong(1), values))
                .orElseThrow();
    }

    void assertVerifies(long events) {
        var verification = runtime.journal().verify(SITE);
        assertEquals(Optional.empty(), verification.firstFault());
        assertEquals(events, verification.events());
    }

    String fault() {
        return runtime.journal().verify(SITE).firstFault().orElse("none");
    }

    List<Future<Answer<Balance>>> batch(List<Callable<Answer<Balance>>> commands) throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var holder =
                threads.submit(() -> streams.execute(command(UUID.randomUUID(), UUID.randomUUID()), (state, now) -> {
                    entered.countDown();
                    await(go);
                    return Ledger.pay(state, 1);
                }));
        await(entered);
        var waiting = new ArrayList<Future<Answer<Balance>>>();
        for (var one : commands) {
            var task = new java.util.concurrent.FutureTask<>(one);
            var thread = new Thread(task);
            thread.start();
            // One after the other, so that they queue up in this order.
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            waiting.add(task);
        }
        go.countDown();
        holder.get(10, TimeUnit.SECONDS);
        return waiting;
    }

    static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void inAnotherThread(Runnable work) {
        try {
            threads.submit(work).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    <T> List<T> together(int count, java.util.function.IntFunction<T> work) throws Exception {
        var start = new CountDownLatch(1);
        var futures = new ArrayList<Future<T>>();
        for (int i = 0; i < count; i++) {
            var n = i;
            futures.add(threads.submit(() -> {
                await(start);
                return work.apply(n);
            }));
        }
        start.countDown();
        var results = new ArrayList<T>();
        for (var future : futures) {
            results.add(future.get(30, TimeUnit.SECONDS));
        }
        return results;
    }

    /** Puts an event there past the counter row, as no journal does. */
    void intrude(UUID stream, long version, long position) {
        sql(
                "INSERT INTO journal_event (site, position, kind, stream, version, id, name, at, actor, command, payload,"
                        + " hash) VALUES (?, ?, 'ledger', ?, ?, ?, 'ledger.paid.v2', 0, 'x', 'x', '{\"amount\":50}', ?)",
                SITE,
                position,
                stream,
                version,
                UUID.randomUUID(),
                Hashes.NONE);
    }
}
