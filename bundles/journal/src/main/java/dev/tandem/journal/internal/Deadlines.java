package dev.tandem.journal.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Lease;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.StorageException;
import dev.tandem.platform.SiteId;

/**
 * Fires what has fallen due, in the sites whose lease this node holds: as a command under that lease whose id comes from the
 * row, so that it is done once. A deadline that fails is put off.
 */
final class Deadlines {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    private static final Duration AGAIN = Duration.ofMillis(50);
    /** What is announced when a deadline is set that falls due before others look for themselves, and when that is. */
    private static final String SET = "journal.due/";

    private static final Duration PUT_OFF = Duration.ofSeconds(30);
    /** How soon deadlines are found of which nobody has told. */
    private static final Duration POLL = Nodes.BEAT;
    /** On SQLite nobody else sets any. */
    private static final Duration POLL_ALONE = Duration.ofSeconds(5);

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

    private record Sent(DeadlineRows.Row row, Lease lease, Task<?, ?, None> task) {}

    /** What became of one. */
    private enum Outcome {
        FIRED,
        /** It is not due any more. */
        GONE,
        /** It is for another node, or for later. */
        LEFT
    }

    /** Announces to other nodes. */
    interface Others {
        void announce(SiteId site, String what);
    }

    private final Lanes lanes;
    private final LocalNode node;
    private final DeadlineRows rows;
    private final DeadlineLeases leases;
    private final Duration poll;
    private final boolean byItself;
    private volatile Others others = (site, what) -> {};

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    /** Until when the thread means to sleep. */
    private Instant planned = Instant.MIN;

    private boolean stopped;
    private Optional<Thread> thread = Optional.empty();

    /** @param byItself whether it fires by itself once it is started, or only when it is told to */
    Deadlines(Lanes lanes, LocalNode node, boolean byItself) {
        this.lanes = lanes;
        this.node = node;
        this.rows = new DeadlineRows(lanes.database());
        this.byItself = byItself;
        this.leases = new DeadlineLeases(node, lanes.clock(), byItself, () -> wakeAt(Instant.MIN));
        this.poll = lanes.database().dialect() == Dialect.SQLITE ? POLL_ALONE : POLL;
    }

    /** How other nodes are told of deadlines that are set here and fire there. */
    void tellBy(Others bell) {
        others = bell;
    }

    /** Hears what the same part of another node has announced. False if it is something else. */
    boolean told(String what) {
        if (!what.startsWith(SET)) {
            return false;
        }
        wakeAt(Instant.ofEpochMilli(Long.parseLong(what, SET.length(), what.length(), 10)));
        return true;
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
        leases.close();
    }

    /** A deadline was set on this node. */
    void set(SiteId site, Instant at) {
        if (!byItself) {
            return;
        }
        if (leases.held(site).isPresent()) {
            wakeAt(at);
            return;
        }
        if (!leases.knows(site)) {
            wakeAt(Instant.MIN);
        }
        if (Duration.between(lanes.clock().instant(), at).compareTo(poll.multipliedBy(2)) < 0) {
            others.announce(site, SET + at.toEpochMilli());
        }
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
            plan(lanes.clock().instant().plus(poll));
            try {
                fireDue();
                var soon = lanes.clock().instant().plus(AGAIN);
                // What is due already could not be fired just now.
                rows.next(node.self().id(), kinds()).ifPresent(at -> wakeAt(at.isAfter(soon) ? at : soon));
            } catch (RuntimeException e) {
                if (!stopped()) {
                    StorageException.log(LOG, "Deadlines cannot be read", e);
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
        var stood = false;
        while (true) {
            if (lanes.database().heldOff().isPresent()) {
                // They stay due.
                return fired;
            }
            if (!stood) {
                leases.stand(rows.sites());
                stood = true;
            }
            var on = false;
            for (var one :
                    send(rows.due(node.self().id(), kinds(), lanes.clock().instant()))) {
                var outcome = finish(one);
                fired += outcome == Outcome.FIRED ? 1 : 0;
                on |= outcome != Outcome.LEFT;
            }
            if (!on) {
                return fired;
            }
        }
    }

    private List<String> kinds() {
        return lanes.kinds().stream().map(OpenKind::name).toList();
    }

    private List<Sent> send(List<DeadlineRows.Row> due) {
        var held = new HashMap<SiteId, Optional<Lease>>();
        var sent = new ArrayList<Sent>();
        for (var row : due) {
            var lease = held.computeIfAbsent(row.site(), leases::held);
            var kind = lanes.kind(row.kind());
            if (lease.isPresent() && kind.isPresent() && kind.get().tryEnter()) {
                var task = task(kind.get(), row, lease.get());
                if (!lanes.lane(row.site()).offer(task)) {
                    // The lane is full: it stays due.
                    task.kind().leave();
                    break;
                }
                sent.add(new Sent(row, lease.get(), task));
            }
        }
        return sent;
    }

    private static <S, E> Task<S, E, None> task(OpenKind<S, E> kind, DeadlineRows.Row row, Lease lease) {
        var name = row.due().name();
        var id = Ids.derived(
                row.stream(), row.kind() + "/" + name + "/" + row.due().generation());
        return new Task<>(
                kind,
                new Command<>(row.site(), row.stream(), id, "deadline", None.class).under(lease),
                (state, now) -> kind.kind().due(state, name, now),
                Optional.of(row.due()));
    }

    private Outcome finish(Sent sent) {
        try {
            var answer = lanes.lane(sent.row().site()).await(sent.task());
            if (answer instanceof Answer.Refused<None> refused) {
                if (refused.refusal().equals(Held.NEWER_VERSION)) {
                    return leases.leave(sent.lease(), sent.row().due()) ? Outcome.LEFT : putOff(sent.row());
                }
                if (refused.refusal().reason() == Refusal.Reason.BUSY) {
                    return Outcome.LEFT;
                }
            }
            return Outcome.FIRED;
        } catch (Gone e) {
            return Outcome.GONE;
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "Deadline {} of {} {} failed and is put off",
                    sent.row().due().name(),
                    sent.row().kind(),
                    sent.row().stream(),
                    e);
            return putOff(sent.row());
        } finally {
            sent.task().kind().leave();
        }
    }

    private Outcome putOff(DeadlineRows.Row row) {
        try {
            rows.putOff(row, lanes.clock().instant().plus(PUT_OFF));
            return Outcome.GONE;
        } catch (DatabaseException e) {
            LOG.error("It cannot be put off either", e);
            return Outcome.LEFT;
        }
    }
}
