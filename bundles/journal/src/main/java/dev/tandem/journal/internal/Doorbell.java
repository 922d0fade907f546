package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.platform.SiteId;

/**
 * Tells the other nodes on the same PostgreSQL that there is something to look at: by NOTIFY, on a line of its own and never
 * in a transaction that writes, at most once per 5 ms. What is rung in between is passed on together. While the database
 * cannot be reached it is kept, up to a bound.
 */
final class Doorbell {
    private static final Logger LOG = LoggerFactory.getLogger(Doorbell.class);
    private static final long GAP = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_BACK_OFF = TimeUnit.SECONDS.toNanos(2);
    /** As many announcements may wait; beyond that the others are told that they have missed some. */
    private static final int MOST = 1_000;

    private final UUID node;
    private final OwnLine line;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    // What follows is guarded by lock.
    private Map<SiteId, Long> appended = new HashMap<>();
    private Set<Knock.Announced> announced = new LinkedHashSet<>();
    private boolean missed;
    private boolean waits;
    private boolean stopped;
    // What follows belongs to the thread.
    private String channel = "";
    private int failures;

    Doorbell(SqlDatabase database, UUID node) {
        this.node = node;
        this.line = new OwnLine(database, "tandem doorbell");
        this.thread = new Thread(this::run, "tandem-doorbell");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** A site has come that far, durably. Returns at once. */
    void appended(SiteId site, long position) {
        lock.lock();
        try {
            appended.merge(site, position, Math::max);
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** Something that is no event. Returns at once. */
    void announced(SiteId site, String what) {
        lock.lock();
        try {
            if (announced.size() < MOST) {
                announced.add(new Knock.Announced(site, what));
            } else {
                missed = true;
            }
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** Only where it waits for work: within the gap a signal would change nothing. */
    private void wake() {
        if (waits) {
            waits = false;
            change.signal();
        }
    }

    /** Rings once more if there is something, and ends. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
        Threads.join(thread);
    }

    private void run() {
        var last = false;
        while (!last) {
            var knocks = List.<Knock>of();
            lock.lock();
            try {
                awaitWork();
                last = stopped;
                knocks = takeAll();
            } finally {
                lock.unlock();
            }
            var began = System.nanoTime();
            var pause = ring(knocks) ? GAP : backOff();
            if (!last) {
                rest(began + pause);
            }
        }
        line.close();
    }

    private void awaitWork() {
        while (!stopped && appended.isEmpty() && announced.isEmpty() && !missed) {
            waits = true;
            change.awaitUninterruptibly();
        }
        waits = false;
    }

    private List<Knock> takeAll() {
        var knocks = new ArrayList<Knock>();
        if (!appended.isEmpty()) {
            knocks.add(new Knock.Appended(appended));
            appended = new HashMap<>();
        }
        knocks.addAll(announced);
        announced = new LinkedHashSet<>();
        if (missed) {
            knocks.add(new Knock.Missed());
            missed = false;
        }
        return knocks;
    }

    private boolean ring(List<Knock> knocks) {
        if (knocks.isEmpty()) {
            return true;
        }
        try {
            if (!line.isOpen()) {
                line.open();
                channel = line.channel();
            }
            var texts = knocks.stream().map(knock -> knock.text(node)).toArray(String[]::new);
            line.sql()
                    .all(
                            "SELECT pg_notify(?, knock) FROM unnest(?::text[]) AS knock",
                            row -> true,
                            channel,
                            line.connection().createArrayOf("text", texts));
            failures = 0;
            return true;
        } catch (SQLException | RuntimeException e) {
            if (failures++ == 0) {
                LOG.warn("Other nodes cannot be told at the moment; they look for themselves: {}", e.toString());
            }
            line.close();
            putBack(knocks);
            return false;
        }
    }

    private void putBack(List<Knock> knocks) {
        lock.lock();
        try {
            for (var knock : knocks) {
                if (knock instanceof Knock.Appended ends) {
                    ends.ends().forEach((site, end) -> appended.merge(site, end, Math::max));
                } else if (knock instanceof Knock.Announced one && announced.size() < MOST) {
                    announced.add(one);
                } else {
                    missed = true;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private long backOff() {
        return Math.min(LONGEST_BACK_OFF, TimeUnit.MILLISECONDS.toNanos(50) << Math.min(failures, 10));
    }

    private void rest(long until) {
        lock.lock();
        try {
            var left = until - System.nanoTime();
            while (!stopped && left > 0) {
                left = change.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }
}
