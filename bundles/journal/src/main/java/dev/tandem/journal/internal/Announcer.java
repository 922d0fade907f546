package dev.tandem.journal.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.platform.SiteId;

/**
 * Tells the slices of a site's durable events in the order of the site, on one thread at a time that is not the lane's. It
 * keeps how far it has told. What this node has appended is told from memory if it follows directly; what lies between is
 * read from the database, since another node has appended it. Of that nothing is kept in memory.
 */
final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final ThreadLocal<Boolean> TELLING = ThreadLocal.withInitial(() -> false);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /**
     * What was appended, by a batch of this node or by others.
     *
     * @param after the position before its first event
     * @param upTo the position of its last event
     * @param news of those of its events that somebody listens to
     */
    record Appended(long after, long upTo, List<? extends News> news) {}

    /** An event to tell of. */
    interface News {
        long position();

        /** Tells; does not fail. */
        void tell();
    }

    /** Reads what another node has appended. */
    interface Gaps {
        /** The next events after a position, some of them, and none after another. */
        Appended read(long after, long upTo);
    }

    /** What is to be told next: something of this node, or a gap. */
    private record Next(long from, long upTo, Optional<Appended> own) {}

    private final SiteId site;
    private final Gaps gaps;
    private final Executor threads;
    /** How many events of this node wait to be told. */
    private final AtomicInteger waiting = new AtomicInteger();
    // What follows is guarded by this.
    private final Deque<Appended> own = new ArrayDeque<>();
    private long told;
    /** How far the site is known to have come. */
    private long known;

    private boolean running;

    /** @param start what stands there up to this position is told to nobody */
    Announcer(SiteId site, Gaps gaps, Executor threads, long start) {
        this.site = site;
        this.gaps = gaps;
        this.threads = threads;
        this.told = start;
        this.known = start;
    }

    /** How many events listeners are behind that are kept in memory. */
    int behind() {
        return waiting.get();
    }

    /** Tells of what this node has appended; to be called in the order of the site. */
    void announce(Appended batch) {
        synchronized (this) {
            known = Math.max(known, batch.upTo());
            if (batch.upTo() <= told) {
                // Seen in the database, and read, before its own lane has told.
                return;
            }
            if (!running && told == batch.after() && batch.news().isEmpty()) {
                told = batch.upTo();
                return;
            }
            own.add(batch);
            waiting.addAndGet(batch.news().size());
        }
        startIfNeeded();
    }

    /** Tells of what is there up to a position. It may be called with any position, in any order. */
    void look(long position) {
        synchronized (this) {
            known = Math.max(known, position);
        }
        startIfNeeded();
    }

    private void startIfNeeded() {
        synchronized (this) {
            if (running || told >= known) {
                return;
            }
            running = true;
        }
        try {
            threads.execute(this::run);
        } catch (RejectedExecutionException e) {
            // The journal is closed, and with it every kind that would listen.
            LOG.debug("Nobody is left to be told", e);
            stopped();
        }
    }

    private synchronized void stopped() {
        running = false;
        notifyAll();
    }

    private void run() {
        TELLING.set(true);
        var ended = false;
        try {
            var next = next();
            while (next.isPresent() && tell(next.get())) {
                next = next();
            }
            ended = next.isEmpty();
        } finally {
            TELLING.set(false);
            if (!ended) {
                stopped();
            }
        }
    }

    /** Nothing, and this run is over, if all has been told. */
    private synchronized Optional<Next> next() {
        while (!own.isEmpty() && own.peek().upTo() <= told) {
            // Read from the database meanwhile.
            waiting.addAndGet(-own.remove().news().size());
        }
        var first = Optional.ofNullable(own.peek());
        if (first.isPresent() && first.get().after() <= told) {
            return Optional.of(new Next(told, own.remove().upTo(), first));
        }
        if (told < known) {
            return Optional.of(new Next(told, first.map(Appended::after).orElse(known), Optional.empty()));
        }
        stopped();
        return Optional.empty();
    }

    /** False if it cannot go on now. */
    private boolean tell(Next next) {
        if (next.own().isPresent()) {
            for (var one : next.own().get().news()) {
                if (one.position() > next.from()) {
                    one.tell();
                }
                waiting.decrementAndGet();
            }
            reached(next.upTo());
            return true;
        }
        try {
            var gap = gaps.read(next.from(), next.upTo());
            gap.news().forEach(News::tell);
            reached(gap.upTo());
            return true;
        } catch (RuntimeException e) {
            LOG.warn("Site {}: what follows {} cannot be read now", site, next.from(), e);
            return false;
        }
    }

    private synchronized void reached(long position) {
        told = position;
        notifyAll();
    }

    /** Waits until all that is known now has been told or cannot be read; not within a telling, and not for ever. */
    void awaitTold() {
        if (TELLING.get()) {
            return;
        }
        startIfNeeded();
        var end = System.nanoTime() + PATIENCE;
        try {
            synchronized (this) {
                var wanted = known;
                while (told < wanted && running) {
                    var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                    if (left <= 0) {
                        LOG.warn("A listener does not return");
                        return;
                    }
                    wait(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
