package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Answer;
import dev.tandem.journal.HeldOffException;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.SiteId;

/**
 * The one way in for the commands of a site on this node. One at a time of those who wait leads: it takes whatever has
 * queued up as a batch and carries it through, its own command among it. So a lone writer changes no thread, and many
 * share a flush to disk.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int BATCH = 256;
    private static final int BEHIND = 8;
    private static final int RECENT = 4_096;
    private static final int LOCKED_FOR = 64;
    private static final int DECIDE_AGAIN = 3;
    /** A net under the wake-ups, for a leader that dies between them. */
    private static final long NET = TimeUnit.MILLISECONDS.toNanos(100);

    private final SiteId site;
    private final Lanes lanes;
    private final LinkedBlockingQueue<Task<?, ?, ?>> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean led = new AtomicBoolean();
    private final Announcer announcer;
    // What follows is guarded by led.
    private final Hashes hashes = new Hashes();

    private Optional<Store.Head> head = Optional.empty();
    /** For how many batches it is not worth going ahead. */
    private int lockedStill;
    /** Commands of late, which may come again. */
    private final Set<UUID> recent = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > RECENT;
        }
    });

    Lane(SiteId site, Lanes lanes, Announcer announcer) {
        this.site = site;
        this.lanes = lanes;
        this.announcer = announcer;
    }

    SiteId site() {
        return site;
    }

    Store store() {
        return lanes.store();
    }

    Clock clock() {
        return lanes.clock();
    }

    Ids ids() {
        return lanes.ids();
    }

    Hashes hashes() {
        return hashes;
    }

    Announcer announcer() {
        return announcer;
    }

    /**
     * Queues a command, which the same thread must then await; false if there is no room. Listeners who are far behind
     * hold the lane up as well, since what they have not heard waits in memory.
     */
    boolean offer(Task<?, ?, ?> task) {
        var most = lanes.waiting();
        return queue.size() < most && announcer.behind() < most * BEHIND && queue.offer(task);
    }

    /** Waits for the outcome, and leads if nobody does. */
    <A> Answer<A> await(Task<?, ?, A> task) {
        var interrupted = false;
        while (!task.done()) {
            // Who leads works for others too, and is not to be disturbed by what its own thread was sent.
            interrupted |= Thread.interrupted();
            if (led.compareAndSet(false, true)) {
                lead();
            } else {
                LockSupport.parkNanos(this, NET);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return task.result();
    }

    private void lead() {
        var tasks = new ArrayList<Task<?, ?, ?>>();
        try {
            queue.drainTo(tasks, BATCH);
            if (!tasks.isEmpty()) {
                run(tasks);
            }
        } catch (Throwable e) {
            failRest(tasks, e);
            throw e;
        } finally {
            handOver(tasks);
        }
    }

    /**
     * Ends the lead and wakes who waited. Where most of those who write were in this batch they are woken first, so that
     * their next commands are there when the next batch is taken; otherwise it would be one of a few, and make the others
     * wait for its flush.
     */
    private void handOver(List<Task<?, ?, ?>> tasks) {
        var first = queue.size() < tasks.size();
        if (first) {
            tasks.forEach(Task::wake);
        }
        led.set(false);
        var next = queue.peek();
        if (next != null) {
            next.wake();
        }
        if (!first) {
            tasks.forEach(Task::wake);
        }
    }

    private void run(List<Task<?, ?, ?>> tasks) {
        int again = DECIDE_AGAIN;
        try {
            if (mayGoAhead(tasks)) {
                if (wentAhead(tasks)) {
                    return;
                }
                again--;
            }
            goLocked(tasks);
        } catch (SQLException e) {
            afterFailure(tasks, e, again);
        } catch (HeldOffException e) {
            tasks.forEach(task -> task.answer(new Answer.Refused<>(e.refusal())));
        } catch (RuntimeException e) {
            failRest(tasks, e);
        }
    }

    private boolean mayGoAhead(List<Task<?, ?, ?>> tasks) {
        if (head.isEmpty()) {
            return false;
        }
        if (lockedStill > 0) {
            lockedStill--;
            return false;
        }
        return tasks.stream()
                .allMatch(task -> task.due().isEmpty()
                        && !recent.contains(task.command().id())
                        && (ReadBack.recalled(task, site) || task.command().begins()));
    }

    /** Whether it worked out; if another node was faster, this one goes slowly for a while. */
    private boolean wentAhead(List<Task<?, ?, ?>> tasks) throws SQLException {
        try {
            attempt(tasks, Batch.Way.AHEAD);
            return true;
        } catch (Batch.NotThisWay e) {
            return false;
        } catch (SQLException e) {
            if (!SqlFaults.taken(e) && !SqlFaults.passing(e) && !SqlFaults.ofValues(e)) {
                throw e;
            }
            lockedStill = LOCKED_FOR;
            return false;
        }
    }

    private void goLocked(List<Task<?, ?, ?>> tasks) throws SQLException {
        try {
            attempt(tasks, Batch.Way.LOCKED);
        } catch (Batch.NotThisWay e) {
            if (tasks.size() == 1) {
                tasks.get(0).fail(e.getCause());
            } else {
                goCarefully(tasks);
            }
        }
    }

    private void goCarefully(List<Task<?, ?, ?>> tasks) throws SQLException {
        try {
            attempt(tasks, Batch.Way.CAREFUL);
        } catch (Batch.NotThisWay e) {
            throw new IllegalStateException("there are savepoints", e);
        }
    }

    private void afterFailure(List<Task<?, ?, ?>> tasks, SQLException e, int again) {
        if (SqlFaults.taken(e) || SqlFaults.passing(e) || SqlFaults.ofValues(e)) {
            LOG.debug("Site {}: a batch of {} goes one by one", site, tasks.size(), e);
            tasks.forEach(task -> alone(task, again));
        } else {
            LOG.error("Site {}: a batch of {} failed", site, tasks.size(), e);
            failRest(tasks, new DatabaseException("not known to be durable", e));
        }
    }

    /** A command whose version or values clashed: reloads, decides again, and in the end is refused. */
    private <A> void alone(Task<?, ?, A> task, int again) {
        for (int left = again - 1; ; left--) {
            task.kind().decided(site).forget(task.command().stream());
            try {
                goCarefully(List.of(task));
                return;
            } catch (SQLException e) {
                if (!SqlFaults.taken(e) && !SqlFaults.passing(e)) {
                    task.fail(new DatabaseException("the command cannot be stored", e));
                    return;
                }
                if (left == 0) {
                    LOG.warn(
                            "Site {}: command {} gave up after conflicts",
                            site,
                            task.command().id(),
                            e);
                    task.answer(new Answer.Refused<>(new Refusal(
                            Refusal.Reason.CONFLICT, "version-conflict", "Others changed the same thing at once.")));
                    return;
                }
            } catch (RuntimeException e) {
                task.fail(e);
                return;
            }
        }
    }

    private void attempt(List<Task<?, ?, ?>> tasks, Batch.Way way) throws SQLException, Batch.NotThisWay {
        var failed = new ArrayList<Batch.NotThisWay>(1);
        var done = lanes.database().writeSession(session -> {
            var batch = new Batch(session, this, tasks, way);
            try {
                batch.run();
                return batch;
            } catch (Batch.NotThisWay e) {
                batch.drop();
                SqlDatabase.rollBack(session, e);
                failed.add(e);
                return batch;
            } catch (SQLException | RuntimeException | Error e) {
                batch.drop();
                SqlDatabase.rollBack(session, e);
                throw e;
            }
        });
        if (!failed.isEmpty()) {
            throw failed.get(0);
        }
        done.keep();
        lanes.recent().add(site, done.fresh());
        tasks.forEach(task -> recent.add(task.command().id()));
        done.appended().ifPresent(announcer::announce);
        done.settle();
        done.appended().ifPresent(appended -> lanes.appended(site, appended.upTo()));
        done.firstDue().ifPresent(at -> lanes.due(site, at));
    }

    private static void failRest(List<Task<?, ?, ?>> tasks, Throwable why) {
        tasks.stream().filter(task -> !task.done()).forEach(task -> task.fail(why));
    }

    /** Forgets the streams that others have appended to since this lane last held the counter row. */
    void catchUp(Session session, Store.Head now) throws SQLException {
        if (head.isPresent() && head.get().position() != now.position()) {
            var find =
                    session.prepared("SELECT DISTINCT kind, stream FROM journal_event WHERE site = ? AND position > ?");
            find.setString(1, site.value());
            find.setLong(2, head.get().position());
            try (var rows = find.executeQuery()) {
                while (rows.next()) {
                    var stream = UUID.fromString(rows.getString(2));
                    lanes.kind(rows.getString(1))
                            .ifPresent(kind -> kind.decided(site).forget(stream));
                }
            }
        }
        stands(now);
    }

    /** Where the chain of the site ended when the streams remembered were exact. */
    Store.Head head() {
        return head.orElseThrow();
    }

    void stands(Store.Head now) {
        head = Optional.of(now);
    }
}
