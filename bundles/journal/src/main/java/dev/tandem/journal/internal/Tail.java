package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.platform.SiteId;

/**
 * Reads the journal behind the lanes for one subscriber, on a thread of its own. The cursor is stored soon after, not with
 * each event: what was heard in between is heard again after a crash.
 */
final class Tail {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final int AT_ONCE = 200;
    /** A net for what other nodes append. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private static final Duration STORE_EVERY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    /** How far a site has been heard. */
    private static final class Place {
        private long position;
        private boolean changed;
        private int failures;
        private long notBefore = System.nanoTime();
        private Optional<Long> waitingSince = Optional.empty();
        /** From where on events of kinds that were not open are still owed. */
        private final Map<String, Long> owed = new TreeMap<>();

        private void reach(long reached) {
            position = reached;
            changed = true;
            failures = 0;
        }
    }

    /** A stored event with what it publishes, or without if its kind is not open. */
    private record Heard(EventRow row, Optional<List<Object>> published) {}

    private final EventSubscriber subscriber;
    private final String name;
    private final Lanes lanes;
    private final Duration patience;
    private final Thread thread;
    private final Map<SiteId, Place> places = new HashMap<>();
    private final Map<OpenKind<?, ?>, Follower<?, ?>> followers = new HashMap<>();
    private long storedAt = System.nanoTime();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private boolean woken;
    private boolean stopped;
    private long asked;
    private long answered;

    Tail(EventSubscriber subscriber, Lanes lanes, Duration patience) {
        this.subscriber = subscriber;
        this.name = subscriber.name();
        this.lanes = lanes;
        this.patience = patience;
        this.thread = new Thread(this::run, "tandem-tail-" + name);
        thread.setDaemon(true);
    }

    EventSubscriber subscriber() {
        return subscriber;
    }

    void start() {
        thread.start();
    }

    void wake() {
        locked(() -> {
            woken = true;
            change.signalAll();
        });
    }

    void stop() {
        locked(() -> {
            stopped = true;
            change.signalAll();
        });
        Threads.join(thread);
    }

    /** Waits until everything that is durable now has been heard, or has been tried in vain. */
    void awaitHeard() {
        lock.lock();
        try {
            var ticket = ++asked;
            woken = true;
            change.signalAll();
            var left = TimeUnit.SECONDS.toNanos(10);
            while (answered < ticket && !stopped && left > 0) {
                left = change.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        var loaded = false;
        while (!isStopped()) {
            var ticket = ticket();
            try {
                if (!loaded) {
                    load();
                    loaded = true;
                }
                round();
                store(false);
            } catch (RuntimeException | LinkageError e) {
                if (!isStopped()) {
                    LOG.error("Subscriber {} cannot read on; trying again", name, e);
                }
            }
            pause(ticket);
        }
        try {
            store(true);
        } catch (RuntimeException e) {
            LOG.warn("The cursor of {} was not stored; it will hear some events again", name, e);
        }
    }

    private long ticket() {
        lock.lock();
        try {
            woken = false;
            return asked;
        } finally {
            lock.unlock();
        }
    }

    private void pause(long ticket) {
        var now = System.nanoTime();
        var left = POLL.toNanos();
        for (var place : places.values()) {
            if (place.notBefore - now > 0) {
                left = Math.min(left, place.notBefore - now);
            }
            if (place.changed) {
                left = Math.min(left, STORE_EVERY.toNanos());
            }
        }
        lock.lock();
        try {
            answered = ticket;
            change.signalAll();
            while (!woken && !stopped && left > 0) {
                left = change.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }

    private void load() {
        lanes.database().read(sql -> {
            sql.all(
                    "SELECT site, position FROM journal_cursor WHERE name = ?",
                    row -> {
                        place(new SiteId(row.getString(1))).position = row.getLong(2);
                        return true;
                    },
                    name);
            return sql.all(
                    "SELECT site, kind, position FROM journal_skipped WHERE name = ?",
                    row -> {
                        place(new SiteId(row.getString(1))).owed.put(row.getString(2), row.getLong(3));
                        return true;
                    },
                    name);
        });
    }

    private Place place(SiteId site) {
        return places.computeIfAbsent(site, s -> new Place());
    }

    private void round() {
        record End(SiteId site, long position) {}
        followers.keySet().retainAll(lanes.kinds());
        var ends = lanes.database()
                .read(sql -> sql.all(
                        "SELECT site, position FROM journal_site ORDER BY site",
                        row -> new End(new SiteId(row.getString(1)), row.getLong(2))));
        for (var end : ends) {
            var place = place(end.site());
            if (place.notBefore - System.nanoTime() <= 0) {
                var on = payOwed(end.site(), place);
                while (on && place.position < end.position() && !isStopped()) {
                    on = hearOn(end.site(), place);
                }
            }
        }
    }

    /** The events of kinds that have been opened since they were passed by. */
    private boolean payOwed(SiteId site, Place place) {
        for (var kind : List.copyOf(place.owed.keySet())) {
            while (lanes.kind(kind).isPresent() && place.owed.containsKey(kind)) {
                var from = place.owed.get(kind);
                var heard = read(site, "AND kind = ? AND position >= ? AND position <= ?", kind, from, place.position);
                for (var one : heard) {
                    if (isStopped() || one.published().isEmpty() || !deliver(site, place, one)) {
                        return false;
                    }
                    place.owed.put(kind, one.row().position() + 1);
                    place.reach(place.position);
                }
                if (heard.size() < AT_ONCE) {
                    place.owed.remove(kind);
                    place.reach(place.position);
                }
            }
        }
        return true;
    }

    /** Hears the next events; false if it cannot go on now. */
    private boolean hearOn(SiteId site, Place place) {
        var heard = read(site, "AND position > ?", place.position);
        for (var one : heard) {
            if (isStopped()) {
                return false;
            }
            if (one.published().isPresent()) {
                if (!deliver(site, place, one)) {
                    return false;
                }
            } else if (!passBy(place, one.row())) {
                return false;
            }
            place.waitingSince = Optional.empty();
            place.reach(one.row().position());
            store(false);
        }
        return !heard.isEmpty();
    }

    /** Goes past an event whose kind is not open and stays away; it is owed from now on. */
    private boolean passBy(Place place, EventRow row) {
        var now = System.nanoTime();
        if (!place.owed.containsKey(row.kind())) {
            var since = place.waitingSince.orElse(now);
            if (now - since < patience.toNanos()) {
                place.waitingSince = Optional.of(since);
                return false;
            }
            LOG.info("Subscriber {} goes on without {} until it is installed", name, row.kind());
            place.owed.put(row.kind(), row.position());
        }
        return true;
    }

    private boolean deliver(SiteId site, Place place, Heard heard) {
        var row = heard.row();
        try {
            for (var event : heard.published().orElseThrow()) {
                subscriber.on(new EventSubscriber.Published(
                        site,
                        row.position(),
                        UUID.fromString(row.id()),
                        UUID.fromString(row.stream()),
                        Instant.ofEpochMilli(row.at()),
                        event));
            }
            return true;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            retryLater(site, place, row, e);
            return false;
        }
    }

    private void retryLater(SiteId site, Place place, EventRow row, Throwable e) {
        place.failures++;
        var delay =
                Math.min(LONGEST_RETRY.toNanos(), Duration.ofMillis(100).toNanos() << Math.min(place.failures - 1, 20));
        place.notBefore = System.nanoTime() + delay;
        LOG.warn(
                "Subscriber {} failed on event {} of site {} ({}), time {}; again in {} ms",
                name,
                row.position(),
                site,
                row.name(),
                place.failures,
                TimeUnit.NANOSECONDS.toMillis(delay),
                e);
    }

    private List<Heard> read(SiteId site, String where, Object... values) {
        return lanes.database().readSession(session -> {
            var all = new ArrayList<Object>();
            all.add(site);
            all.addAll(List.of(values));
            var rows = session.sql()
                    .all(
                            "SELECT " + EventRow.COLUMNS + " FROM journal_event WHERE site = ? " + where
                                    + " ORDER BY position LIMIT " + AT_ONCE,
                            EventRow::read,
                            all.toArray());
            Follower.prepare(lanes.store(), session, site, rows, row -> lanes.kind(row.kind())
                    .filter(OpenKind::publishes)
                    .map(this::follower));
            var heard = new ArrayList<Heard>(rows.size());
            for (var row : rows) {
                heard.add(new Heard(row, published(session, site, row)));
            }
            return heard;
        });
    }

    private Optional<List<Object>> published(Session session, SiteId site, EventRow row) throws SQLException {
        var kind = lanes.kind(row.kind());
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(follower(kind.get()).published(session, site, row));
    }

    private Follower<?, ?> follower(OpenKind<?, ?> kind) {
        return followers.computeIfAbsent(kind, Follower::new);
    }

    private void store(boolean atOnce) {
        var now = System.nanoTime();
        if (!atOnce && now - storedAt < STORE_EVERY.toNanos()) {
            return;
        }
        storedAt = now;
        if (places.values().stream().noneMatch(place -> place.changed)
                || lanes.database().heldOff().isPresent()) {
            return;
        }
        lanes.database().write(sql -> {
            for (var entry : places.entrySet()) {
                if (entry.getValue().changed) {
                    store(sql, entry.getKey(), entry.getValue());
                }
            }
            return null;
        });
        places.values().forEach(place -> place.changed = false);
    }

    private void store(dev.tandem.journal.Sql sql, SiteId site, Place place) throws SQLException {
        sql.update(
                "INSERT INTO journal_cursor (site, name, position) VALUES (?, ?, ?)"
                        + " ON CONFLICT (site, name) DO UPDATE SET position = excluded.position",
                site,
                name,
                place.position);
        sql.update("DELETE FROM journal_skipped WHERE site = ? AND name = ?", site, name);
        for (var owed : place.owed.entrySet()) {
            sql.update(
                    "INSERT INTO journal_skipped (site, name, kind, position) VALUES (?, ?, ?, ?)",
                    site,
                    name,
                    owed.getKey(),
                    owed.getValue());
        }
    }
}
