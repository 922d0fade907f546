package dev.tandem.itests.benchmarks.routing;

import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;

/** Workers of this process, each on a thread of its own. */
final class Loops {
    /** What a worker does again and again. */
    interface Work {
        void once() throws Exception;
    }

    /** Makes the work of a worker, by its number. */
    interface Workers {
        Work worker(int number) throws Exception;
    }

    private Loops() {}

    /** How much they got done in a second; the first failure is thrown. */
    static double rate(Workers workers, int count, long nanos) throws Exception {
        var done = new AtomicLong();
        var failures = new ArrayList<Exception>();
        var start = new CyclicBarrier(count + 1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < count; i++) {
            var work = workers.worker(i);
            var thread = new Thread(() -> {
                try {
                    start.await();
                    var end = System.nanoTime() + nanos;
                    long mine = 0;
                    while (System.nanoTime() < end) {
                        work.once();
                        mine++;
                    }
                    done.addAndGet(mine);
                } catch (Exception e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        start.await();
        var began = System.nanoTime();
        for (var thread : threads) {
            thread.join();
        }
        var took = System.nanoTime() - began;
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return done.get() * 1e9 / took;
    }
}
