package dev.tandem.journal.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what it is given one after another, in that order, on threads of a pool. What fails is logged and passed by. */
final class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    private Optional<Thread> runner = Optional.empty();

    Turns(Executor threads) {
        this.threads = threads;
    }

    void add(Runnable work) {
        lock.lock();
        try {
            waiting.add(work);
            if (!running) {
                running = true;
                threads.execute(this::run);
            }
        } catch (RejectedExecutionException e) {
            // The journal is closed: nobody need be told any more.
            running = false;
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (true) {
            Runnable next;
            lock.lock();
            try {
                next = waiting.poll();
                if (next == null) {
                    running = false;
                    runner = Optional.empty();
                    change.signalAll();
                    return;
                }
                runner = Optional.of(Thread.currentThread());
            } finally {
                lock.unlock();
            }
            try {
                next.run();
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                LOG.error("It failed when it was told", e);
            }
        }
    }

    private boolean isItself() {
        return runner.filter(thread -> thread == Thread.currentThread()).isPresent();
    }

    /** Waits until nothing is left, but not for itself, and not for ever. False if something is left. */
    boolean await(Duration most) {
        lock.lock();
        try {
            var left = most.toNanos();
            while (running && !isItself() && left > 0) {
                left = change.awaitNanos(left);
            }
            return !running;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
