package dev.tandem.journal.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does something when it is knocked at, and every now and then besides. */
final class Knocker {
    private static final Logger LOG = LoggerFactory.getLogger(Knocker.class);

    private final String name;
    private final Duration every;
    private final Runnable work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private boolean knocked;
    private boolean stopped;
    private Optional<Thread> thread = Optional.empty();

    Knocker(String name, Duration every, Runnable work) {
        this.name = name;
        this.every = every;
        this.work = work;
    }

    void start() {
        var runner = new Thread(this::run, name);
        runner.setDaemon(true);
        thread = Optional.of(runner);
        runner.start();
    }

    void knock() {
        lock.lock();
        try {
            knocked = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
        thread.ifPresent(Threads::join);
    }

    private void run() {
        var failing = false;
        // From beginning to beginning, so that what takes long does not make it rarer.
        var next = System.nanoTime() + every.toNanos();
        while (await(next)) {
            next = System.nanoTime() + every.toNanos();
            try {
                work.run();
                failing = false;
            } catch (RuntimeException | LinkageError e) {
                if (!failing) {
                    LOG.warn("{} failed; trying again", name, e);
                }
                failing = true;
            }
        }
    }

    /** False when it is over. */
    private boolean await(long until) {
        lock.lock();
        try {
            var left = until - System.nanoTime();
            while (!knocked && !stopped && left > 0) {
                left = change.awaitNanos(left);
            }
            knocked = false;
            return !stopped;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }
}
