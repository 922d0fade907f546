package dev.tandem.itests.benchmarks.relay;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** The threads of a load. When one fails, all are to end, and whoever measures is told. */
final class Crew {
    interface Work {
        void run() throws Exception;
    }

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean running = true;

    void start(String name, Work work) {
        var thread = new Thread(() -> guarded(work), name);
        threads.add(thread);
        thread.start();
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (Exception e) {
            failure.compareAndSet(null, e);
            running = false;
        }
    }

    /** Whether they are to go on. */
    boolean running() {
        return running;
    }

    /** Lets them work. Throws what one of them has failed with, as soon as it has. */
    void work(int seconds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (failure.get() == null && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        check();
    }

    void check() throws Exception {
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** How much time of a core they have taken, in nanoseconds. */
    long cpu() {
        var beans = ManagementFactory.getThreadMXBean();
        return threads.stream()
                .mapToLong(thread -> beans.getThreadCpuTime(thread.getId()))
                .sum();
    }

    /** @param wake wakes those that wait */
    void end(Runnable wake) {
        running = false;
        wake.run();
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
