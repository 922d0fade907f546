package dev.tandem.journal.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.platform.SiteId;

/**
 * Fires what has fallen due: as a command whose id comes from the row, so that of several nodes that see it one fires it.
 * A deadline that fails is put off.
 */
final class Deadlines {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final int AT_ONCE = 100;
    private static final Duration PUT_OFF = Duration.ofSeconds(30);
    /** How soon the deadlines of a node that has died are found by another. */
    private static final Duration POLL = Duration.ofSeconds(5);

    /**
     * A deadline of a stream.
     *
     * @param generation which setting of it, since one of the same name may have taken its place
     */
    record Due(String name, UUID generation) {}

    /** The deadline was cancelled, moved or fired by another node meanwhile. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Gone() {
            super("the deadline is gone", null, true, false);
        }
    }

    private record Row(SiteId site, String kind, UUID stream, Due due) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    new SiteId(row.getString(1)),
                    row.getString(2),
                    UUID.fromString(row.getString(3)),
                    new Due(row.getString(4), UUID.fromString(row.getString(5))));
        }
    }

    private record Sent(Row row, Task<?, ?, None> task) {}

    private final Lanes lanes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    /** Until when the thread means to sleep. */
    private Instant planned = Instant.MIN;

    private boolean stopped;
    private Optional<Thread> thread = Optional.empty();

    Deadlines(Lanes lanes) {
        this.lanes = lanes;
    }

    /** Fires by itself from now on. */
    void start() {
        var runner = new Thread(this::run, "tandem-deadlines");
        runner.setDaemon(true);
        thread = Optional.of(runner);
        runner.start();
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

    /** Makes sure that nobody sleeps longer than until then. */
    void wakeAt(Instant at) {
        lock.lock();
        try {
            if (at.isBefore(planned)) {
                planned = at;
                change.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!stopped()) {
            plan(lanes.clock().instant().plus(POLL));
            try {
                fireDue();
                next().ifPresent(this::wakeAt);
            } catch (RuntimeException e) {
                if (!stopped()) {
                    LOG.error("Deadlines cannot be read; trying again", e);
                }
            }
            sleep();
        }
    }

    private void plan(Instant until) {
        lock.lock();
        try {
            planned = until;
        } finally {
            lock.unlock();
        }
    }

    private boolean stopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private void sleep() {
        lock.lock();
        try {
            var left = Duration.between(lanes.clock().instant(), planned);
            while (!stopped && left.compareTo(Duration.ZERO) > 0) {
                change.await(left.toNanos(), TimeUnit.NANOSECONDS);
                left = Duration.between(lanes.clock().instant(), planned);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        } finally {
            lock.unlock();
        }
    }

    /** Fires all that is due now, and what falls due by that. Returns how many did something. */
    int fireDue() {
        int fired = 0;
        while (true) {
            if (lanes.database().heldOff().isPresent()) {
                // They stay due.
                return fired;
            }
            var rows = due(lanes.clock().instant());
            var sent = send(rows);
            for (var one : sent) {
                fired += finish(one) ? 1 : 0;
            }
            if (sent.isEmpty()) {
                return fired;
            }
        }
    }

    private List<Row> due(Instant now) {
        return select(
                "SELECT site, kind, stream, name, generation FROM journal_deadline WHERE due <= ? AND kind IN ("
                        + " ORDER BY due LIMIT " + AT_ONCE,
                Row::read,
                List.of(now.toEpochMilli()));
    }

    private Optional<Instant> next() {
        return select(
                        "SELECT MIN(due) AS due FROM journal_deadline WHERE kind IN (",
                        row -> {
                            var due = row.getLong(1);
                            return row.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(due));
                        },
                        List.of())
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Runs a query whose {@code IN (} is completed by the kinds that are open. */
    private <T> List<T> select(String sql, dev.tandem.journal.Sql.Row<T> reader, List<Object> first) {
        var kinds = lanes.kinds();
        if (kinds.isEmpty()) {
            return List.of();
        }
        var marks = String.join(", ", Collections.nCopies(kinds.size(), "?"));
        var values = new ArrayList<>(first);
        kinds.forEach(kind -> values.add(kind.name()));
        return lanes.database().read(s -> s.all(sql.replace("IN (", "IN (" + marks + ")"), reader, values.toArray()));
    }

    private List<Sent> send(List<Row> rows) {
        var sent = new ArrayList<Sent>();
        for (var row : rows) {
            var kind = lanes.kind(row.kind());
            if (kind.isPresent() && kind.get().tryEnter()) {
                var task = task(kind.get(), row);
                if (!lanes.lane(row.site()).offer(task)) {
                    // The lane is full: it stays due.
                    task.kind().leave();
                    break;
                }
                sent.add(new Sent(row, task));
            }
        }
        return sent;
    }

    private static <S, E> Task<S, E, None> task(OpenKind<S, E> kind, Row row) {
        var name = row.due().name();
        var id = Ids.derived(
                row.stream(), row.kind() + "/" + name + "/" + row.due().generation());
        return new Task<>(
                kind,
                new Command<>(row.site(), row.stream(), id, "deadline", None.class),
                (state, now) -> kind.kind().due(state, name, now),
                Optional.of(row.due()));
    }

    private boolean finish(Sent sent) {
        try {
            lanes.lane(sent.row().site()).await(sent.task());
            return true;
        } catch (Gone e) {
            return false;
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "Deadline {} of {} {} failed and is put off",
                    sent.row().due().name(),
                    sent.row().kind(),
                    sent.row().stream(),
                    e);
            putOff(sent.row());
            return false;
        } finally {
            sent.task().kind().leave();
        }
    }

    private void putOff(Row row) {
        try {
            lanes.database()
                    .write(sql -> sql.update(
                            "UPDATE journal_deadline SET due = ? WHERE site = ? AND kind = ? AND stream = ? AND name = ?"
                                    + " AND generation = ?",
                            lanes.clock().instant().plus(PUT_OFF),
                            row.site(),
                            row.kind(),
                            row.stream(),
                            row.due().name(),
                            row.due().generation()));
        } catch (DatabaseException e) {
            LOG.error("It cannot be put off either", e);
        }
    }
}
