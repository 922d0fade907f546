package dev.tandem.web.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Database;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;
import dev.tandem.web.AttemptLimiter;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/**
 * Counts failures in the database, so that a restart or another node forgets nothing.
 *
 * <p>Attempts of one address are counted, made and recorded one after the other, so that many at once do not slip past
 * the limit. The answer is held back to the next full step of {@link #STEP} since the attempt began, whatever came of it;
 * that costs a waiting request thread and nothing else. An address that has failed and is slowed holds its thread longer,
 * therefore only so many of those may wait at once and the rest are told to come again.
 *
 * <p>One after the other they go on each node for itself: of several nodes each may have one attempt of an address under way
 * while the last one is recorded, so that an address has at most one attempt more for each further node.
 */
@Component
public final class DatabaseLimiter implements AttemptLimiter {
    static final Duration WINDOW = Duration.ofMinutes(10);
    static final int MOST_OF_ADDRESS = 5;
    static final int ALARM_OF_SITE = 100;
    static final Duration STEP = Duration.ofMillis(200);
    static final Duration SLOWED = Duration.ofSeconds(2);
    private static final int MOST_SLOWED_AT_ONCE = 50;
    private static final int LOCKS = 64;

    /** How time passes while an answer is held back. */
    interface Pause {
        long nanoTime();

        void pause(long nanos);
    }

    private final Database database;
    private final Clock clock;
    private final Alarm alarm;
    private final Pause pause;
    private final Semaphore slowed = new Semaphore(MOST_SLOWED_AT_ONCE);
    private final List<Lock> locks =
            Stream.generate(() -> (Lock) new ReentrantLock()).limit(LOCKS).toList();

    @Activate
    public DatabaseLimiter(@Reference WebTables tables, @Reference Clock clock, @Reference Alarm alarm) {
        this(tables.database(), clock, alarm, new ParkedThread());
    }

    DatabaseLimiter(Database database, Clock clock, Alarm alarm, Pause pause) {
        this.database = database;
        this.clock = clock;
        this.alarm = alarm;
        this.pause = pause;
    }

    @Override
    public <T> Optional<T> attempt(SiteId site, String what, String address, Supplier<Optional<T>> attempt) {
        long start = pause.nanoTime();
        var made = inTurn(new By(site, what, Addresses.group(address)), attempt);
        hold(start, made.slow());
        if (made.failure().isPresent()) {
            throw made.failure().get();
        }
        return made.found();
    }

    private record Made<T>(Optional<T> found, Optional<RuntimeException> failure, boolean slow) {}

    private <T> Made<T> inTurn(By by, Supplier<Optional<T>> attempt) {
        var lock = locks.get(Math.floorMod(by.hashCode(), LOCKS));
        lock.lock();
        try {
            boolean slow = admit(by);
            try {
                var found = attempt.get();
                if (found.isEmpty()) {
                    failed(by);
                }
                return new Made<>(found, Optional.empty(), slow);
            } catch (RuntimeException e) {
                return new Made<>(Optional.empty(), Optional.of(e), slow);
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the attempt is slowed, which {@link #hold} ends */
    private boolean admit(By by) {
        var before = refuseIfTooMany(by);
        boolean slow = before.ofAddress() > 0 && before.ofSite() >= ALARM_OF_SITE;
        if (slow && !slowed.tryAcquire()) {
            throw new ProblemException(new Problem(
                    503, "busy", "Too many attempts at once.", Optional.empty(), Optional.of(SLOWED.toSeconds())));
        }
        return slow;
    }

    private record By(SiteId site, String what, String address) {}

    private record Failures(long ofAddress, long ofSite) {}

    private Failures refuseIfTooMany(By by) {
        var now = clock.instant();
        var since = now.minus(WINDOW);
        return database.read(sql -> {
            var times = sql.all(
                    "SELECT at FROM web_attempts WHERE site = ? AND what = ? AND address = ? AND at > ?"
                            + " ORDER BY at DESC LIMIT " + MOST_OF_ADDRESS,
                    row -> Sql.instant(row, "at"),
                    by.site(),
                    by.what(),
                    by.address(),
                    since);
            if (times.size() >= MOST_OF_ADDRESS) {
                throw tooMany(
                        Duration.between(now, times.get(MOST_OF_ADDRESS - 1).plus(WINDOW)));
            }
            return new Failures(times.size(), ofSite(sql, by, since));
        });
    }

    private static ProblemException tooMany(Duration left) {
        long seconds = Math.max(1, left.plusMillis(999).toSeconds());
        return new ProblemException(new Problem(
                429,
                "too-many-attempts",
                "Too many failed attempts from this address.",
                Optional.empty(),
                Optional.of(seconds)));
    }

    private static long ofSite(Sql sql, By by, Instant since) throws java.sql.SQLException {
        return sql.first(
                        "SELECT count(*) AS n FROM web_attempts WHERE site = ? AND what = ? AND at > ?",
                        row -> row.getLong("n"),
                        by.site(),
                        by.what(),
                        since)
                .orElse(0L);
    }

    private void failed(By by) {
        var now = clock.instant();
        var since = now.minus(WINDOW);
        boolean ring = database.write(sql -> {
            sql.update(
                    "INSERT INTO web_attempts (site, what, address, at) VALUES (?, ?, ?, ?)",
                    by.site(),
                    by.what(),
                    by.address(),
                    now);
            if (ofSite(sql, by, since) < ALARM_OF_SITE) {
                return false;
            }
            // Touches the row only if the last alarm is out of the window, on one node or on many.
            return sql.update(
                            "INSERT INTO web_alarms (site, what, at) VALUES (?, ?, ?)"
                                    + " ON CONFLICT (site, what) DO UPDATE SET at = excluded.at WHERE web_alarms.at <= ?",
                            by.site(),
                            by.what(),
                            now,
                            since)
                    > 0;
        });
        if (ring) {
            alarm.guessing(by.site(), by.what(), ALARM_OF_SITE);
        }
    }

    private void hold(long start, boolean slow) {
        try {
            long step = STEP.toNanos();
            long elapsed = pause.nanoTime() - start;
            long whole = (elapsed / step + 1) * step + (slow ? SLOWED.toNanos() : 0);
            pause.pause(whole - elapsed);
        } finally {
            if (slow) {
                slowed.release();
            }
        }
    }

    /** Deletes what no longer counts. */
    void sweep() {
        database.write(sql -> sql.update(
                "DELETE FROM web_attempts WHERE at <= ?", clock.instant().minus(WINDOW)));
    }

    private static final class ParkedThread implements Pause {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(long nanos) {
            long end = System.nanoTime() + nanos;
            for (long left = nanos;
                    left > 0 && !Thread.currentThread().isInterrupted();
                    left = end - System.nanoTime()) {
                java.util.concurrent.locks.LockSupport.parkNanos(left);
            }
        }
    }
}
