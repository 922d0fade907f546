package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.platform.SiteId;

/**
 * Hears the doorbells of the other nodes, on a line of its own, and looks once a second at how far the sites have come, in
 * case one was not heard: that tells as well whether the line still works. A line that is lost is made anew; whatever has
 * happened meanwhile is then looked at.
 */
final class Echo {
    private static final Logger LOG = LoggerFactory.getLogger(Echo.class);
    private static final long POLL = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_BACK_OFF = TimeUnit.SECONDS.toNanos(2);

    /** Who wants to hear. Called on one thread, returns at once. */
    interface Ears {
        /** Sites have come at least that far. */
        void ends(Map<SiteId, Long> ends);

        void announced(SiteId site, String what);

        /** Announcements may have been missed. */
        void missed();
    }

    private final UUID node;
    private final OwnLine line;
    private final Ears ears;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private volatile boolean stopped;
    private long nextPoll;
    private int failures;

    /** @param node what this node knocks with, which it need not hear */
    Echo(SqlDatabase database, UUID node, Ears ears) {
        this.node = node;
        this.line = new OwnLine(database, "tandem echo");
        this.ears = ears;
        this.thread = new Thread(this::run, "tandem-echo");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
        line.cut();
        Threads.join(thread);
    }

    private void run() {
        while (!stopped) {
            try {
                line.open();
                line.sql().update("LISTEN " + line.channel());
                // In this order: what comes from now on is heard, and what came before is seen.
                poll();
                ears.missed();
                if (failures > 0) {
                    LOG.info("Other nodes are heard again");
                }
                failures = 0;
                listen();
            } catch (LinkageError e) {
                LOG.warn("The driver of the database is not one that can listen: what other nodes do is seen late", e);
                lookOnly();
            } catch (SQLException | RuntimeException e) {
                if (!stopped && failures++ == 0) {
                    LOG.warn("Other nodes are not heard at the moment; trying again: {}", e.toString());
                }
            }
            line.close();
            rest(Math.min(LONGEST_BACK_OFF, TimeUnit.MILLISECONDS.toNanos(50) << Math.min(failures, 10)));
        }
    }

    private void listen() throws SQLException {
        var listening = line.connection().unwrap(PGConnection.class);
        while (!stopped) {
            var left = nextPoll - System.nanoTime();
            if (left <= 0) {
                poll();
            } else {
                var millis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
                var heard = listening.getNotifications(millis);
                if (heard != null) {
                    for (var one : heard) {
                        hear(one);
                    }
                }
            }
        }
    }

    private void lookOnly() {
        try {
            while (!stopped) {
                rest(POLL);
                poll();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("Looking failed", e);
        }
    }

    private void hear(PGNotification notification) throws SQLException {
        var heard = Knock.read(notification.getParameter());
        if (heard.isEmpty() || heard.get().node().equals(node)) {
            return;
        }
        var knock = heard.get().knock();
        if (knock instanceof Knock.Appended appended && !appended.ends().isEmpty()) {
            ears.ends(appended.ends());
        } else if (knock instanceof Knock.Announced announced) {
            ears.announced(announced.site(), announced.what());
        } else if (knock instanceof Knock.Missed) {
            ears.missed();
        } else {
            poll();
        }
    }

    private void poll() throws SQLException {
        nextPoll = System.nanoTime() + POLL;
        var ends = new HashMap<SiteId, Long>();
        line.sql()
                .all(
                        "SELECT site, position FROM journal_site",
                        row -> ends.put(new SiteId(row.getString(1)), row.getLong(2)));
        ears.ends(ends);
    }

    private void rest(long nanos) {
        lock.lock();
        try {
            var left = nanos;
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
