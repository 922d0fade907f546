package dev.tandem.journal.internal;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the slices of a site's durable events, in order, on one thread at a time that is not the lane's. */
final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final ThreadLocal<Boolean> TELLING = ThreadLocal.withInitial(() -> false);

    private final Executor threads;
    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    /** How many wait; who raises it from 0 starts a thread. */
    private final AtomicInteger waiting = new AtomicInteger();

    Announcer(Executor threads) {
        this.threads = threads;
    }

    /** How many events listeners are behind. */
    int behind() {
        return waiting.get();
    }

    void announce(List<Batch.Announcement<?, ?>> announcements) {
        if (!announcements.isEmpty()) {
            announcements.forEach(announcement -> queue.add(() -> tell(announcement)));
            added(announcements.size());
        }
    }

    private void added(int count) {
        if (waiting.getAndAdd(count) == 0) {
            try {
                threads.execute(this::run);
            } catch (RejectedExecutionException e) {
                // The journal is closed, and with it every kind that would listen.
                LOG.debug("Nobody is left to be told", e);
            }
        }
    }

    private void run() {
        TELLING.set(true);
        try {
            do {
                queue.remove().run();
            } while (waiting.decrementAndGet() > 0);
        } finally {
            TELLING.set(false);
        }
    }

    private static void tell(Batch.Announcement<?, ?> announcement) {
        if (!announcement.kind().isTelling()) {
            return;
        }
        try {
            announcement.tell();
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            LOG.error("A listener of {} failed", announcement.kind().name(), e);
        }
    }

    /** Waits until all that is queued now has been told; not within a telling, and not for ever. */
    void awaitTold() {
        if (TELLING.get() || waiting.get() == 0) {
            return;
        }
        var told = new CountDownLatch(1);
        queue.add(told::countDown);
        added(1);
        try {
            if (!told.await(5, TimeUnit.SECONDS)) {
                LOG.warn("A listener does not return");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
