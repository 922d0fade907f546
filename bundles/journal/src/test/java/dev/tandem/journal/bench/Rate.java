package dev.tandem.journal.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Decision;
import dev.tandem.journal.None;
import dev.tandem.journal.Streams;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.platform.SiteId;

/** How often a second some writers, each on a thread of its own, get something done. */
final class Rate {
    static final SiteId SITE = new SiteId("bench");

    /** One writer's work, again and again. */
    interface Work {
        void once() throws SQLException;
    }

    /** Makes a writer's work; what it holds is closed with the process. */
    interface Writers {
        Work writer(int number) throws SQLException;
    }

    private Rate() {}

    static double of(Writers writers, int count, long nanos) throws Exception {
        var stop = new AtomicBoolean();
        var done = new AtomicLong();
        var start = new CyclicBarrier(count + 1);
        var failure = new ArrayList<Exception>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < count; i++) {
            var work = writers.writer(i);
            var thread = new Thread(() -> {
                try {
                    start.await();
                    long mine = 0;
                    while (!stop.get()) {
                        work.once();
                        mine++;
                    }
                    done.addAndGet(mine);
                } catch (Exception e) {
                    synchronized (failure) {
                        failure.add(e);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        start.await();
        var began = System.nanoTime();
        var left = nanos;
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = nanos - (System.nanoTime() - began);
        }
        stop.set(true);
        for (var thread : threads) {
            thread.join();
        }
        var took = System.nanoTime() - began;
        if (!failure.isEmpty()) {
            throw failure.get(0);
        }
        return done.get() * 1e9 / took;
    }

    /** Commands that say one line each, every writer in a stream of its own. */
    static Writers journal(JournalRuntime runtime, Streams<Long, Talk.Said> streams) {
        return number -> {
            var stream = runtime.ids().next();
            return () -> {
                var command = new Command<>(SITE, stream, runtime.ids().next(), "agent:anna", None.class);
                var answer = streams.execute(
                        command, (state, now) -> Decision.accept(List.of(new Talk.Said(state + 1, Talk.LINE))));
                if (answer instanceof Answer.Refused<None> refused) {
                    throw new IllegalStateException(refused.refusal().detail());
                }
            };
        };
    }

    static double median(List<Double> rates) {
        return rates.stream().sorted().toList().get(rates.size() / 2);
    }
}
