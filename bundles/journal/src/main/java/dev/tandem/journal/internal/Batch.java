package dev.tandem.journal.internal;

import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Decision;
import dev.tandem.journal.Lease;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.SiteId;

/**
 * One attempt to decide some commands of a site and make them durable in one transaction. Each way of doing it is tried
 * when the one before has not worked out; the next is slower and bears more.
 */
final class Batch {
    /** How it is done. */
    enum Way {
        /**
         * From memory: assumes that nobody else has appended and that no command is a repeat, and writes everything in one
         * statement that fails if that is wrong. Decisions are pure, so nobody notices one that was in vain.
         */
        AHEAD,
        /** Takes the counter row and looks for repeats first. What cannot be decided fails alone. */
        LOCKED,
        /** The same with each projection in a savepoint, so that one that fails does so alone. */
        CAREFUL
    }

    static final Refusal LEASE_LOST =
            new Refusal(Refusal.Reason.BUSY, "lease-lost", "Another node has taken this over; it goes on there.");

    /** It cannot be done in this way, and nothing of it must stay. */
    static final class NotThisWay extends Exception {
        private static final long serialVersionUID = 1L;

        NotThisWay(Throwable cause) {
            super(cause);
        }
    }

    private final Session session;
    private final Lane lane;
    private final SiteId site;
    private final List<Task<?, ?, ?>> tasks;
    private final Way way;
    private final Hashes hashes;
    private final Writes writes = new Writes();
    private final Map<UUID, StoredAnswer> answers = new HashMap<>();
    private Map<StreamKey, RuntimeException> unreadable = Map.of();
    /** What commands of this batch need and this node does not hold any more. */
    private Set<Lease> lost = Set.of();

    private final Set<Remembered<?>> touched = new HashSet<>();
    private final List<Runnable> outcomes = new ArrayList<>();
    private final List<Announcement<?, ?>> announcements = new ArrayList<>();
    private final List<Recent.Fresh> fresh = new ArrayList<>();
    private Optional<Instant> firstDue = Optional.empty();
    private long before;
    private long position;
    /** Where the chain of the site stands after it. */
    private Store.Head end;

    Batch(Session session, Lane lane, List<Task<?, ?, ?>> tasks, Way way) {
        this.session = session;
        this.lane = lane;
        this.site = lane.site();
        this.tasks = tasks;
        this.way = way;
        this.hashes = lane.hashes();
        tasks.forEach(task -> touched.add(task.kind().decided(site)));
    }

    /** Decides and commits, or throws with nothing written. */
    void run() throws SQLException, NotThisWay {
        var head = way == Way.AHEAD ? ahead() : begin();
        before = head.position();
        position = before;
        end = head;
        for (var task : tasks) {
            one(task);
        }
        if (way != Way.AHEAD) {
            project();
        }
        if (!writes.events.isEmpty()) {
            var all = new ByteArrayOutputStream(writes.events.size() * 32);
            writes.events.forEach(event -> all.writeBytes(event.hash()));
            writes.batchHash =
                    hashes.batch(head.batchHash(), site.value(), head.position() + 1, position, all.toByteArray());
            end = new Store.Head(position, writes.batchHash);
        }
        if (way == Way.AHEAD) {
            commitAhead(head);
        } else if (writes.isEmpty()) {
            session.rollback();
        } else {
            lane.store().commit(session, site.value(), head, writes);
        }
    }

    /** What projections have put off. */
    private void project() throws SQLException, NotThisWay {
        try {
            session.sql().flush();
        } catch (SQLException | RuntimeException e) {
            if (e instanceof SQLException fault
                    && (way == Way.CAREFUL || SqlFaults.passing(fault) || SqlFaults.absent(fault))) {
                throw fault;
            }
            // It is not known whose it was.
            throw new NotThisWay(e);
        }
    }

    private void commitAhead(Store.Head head) throws SQLException, NotThisWay {
        if (writes.events.isEmpty()) {
            // Without events there is nothing to tell whether the state decided on was the last.
            throw new NotThisWay(new IllegalStateException("no events"));
        }
        try {
            lane.store().commitAhead(session, site.value(), head, writes);
        } catch (SQLException e) {
            if (SqlFaults.taken(e) || SqlFaults.passing(e) || SqlFaults.ofValues(e) || SqlFaults.absent(e)) {
                throw e;
            }
            // A projection's perhaps, and then it fails alone. Should it have been written all the same, that is found.
            throw new NotThisWay(e);
        } catch (RuntimeException e) {
            throw new NotThisWay(e);
        }
    }

    /** Nothing is asked: it is written only if the leases are held. */
    private Store.Head ahead() {
        tasks.forEach(task -> ReadBack.recalledOrBegun(task, site));
        writes.leases = leases();
        return lane.head();
    }

    private Store.Head begin() throws SQLException {
        var ids = new LinkedHashSet<UUID>();
        tasks.forEach(task -> ids.add(task.command().id()));
        var head = lane.store().begin(session, site.value(), ids, answers);
        lane.catchUp(session, head);
        var needed = new ReadBack(site);
        tasks.stream().filter(task -> !answers.containsKey(task.command().id())).forEach(needed::need);
        unreadable = needed.run(lane.store(), session);
        lost = lost();
        return head;
    }

    /** What the tasks need, each once, in the order that everybody keeps to. */
    private List<Lease> leases() {
        return tasks.stream()
                .flatMap(task -> task.command().lease().stream())
                .distinct()
                .sorted(Comparator.comparing(LeaseRows.Key::of, LeaseRows.Key.ORDER))
                .toList();
    }

    /** Each lease is looked at once; those that are held stay so until the end of the transaction. */
    private Set<Lease> lost() throws SQLException {
        var found = new HashSet<Lease>();
        for (var lease : leases()) {
            if (!LeaseRows.holds(session, lease)) {
                found.add(lease);
            }
        }
        return found;
    }

    private <S, E, A> void one(Task<S, E, A> task) throws SQLException, NotThisWay {
        var first = answers.get(task.command().id());
        if (first != null) {
            outcomes.add(() -> task.answer(first.again(task)));
            return;
        }
        if (task.command().lease().filter(lost::contains).isPresent()) {
            // Not remembered as its answer: whoever holds the lease now may well do it.
            outcomes.add(() -> task.answer(new Answer.Refused<>(LEASE_LOST)));
            return;
        }
        if (unreadable.containsKey(task.key())) {
            outcomes.add(() -> task.fail(unreadable.get(task.key())));
            return;
        }
        if (task.due().isPresent()
                && !SideRows.stands(
                        session, site.value(), task.key(), task.due().get())) {
            outcomes.add(() -> task.fail(new Deadlines.Gone()));
            return;
        }
        var memory = task.kind().decided(site);
        var before = memory.staged(task.command().stream());
        if (!before.whole()) {
            if (way == Way.AHEAD) {
                throw new NotThisWay(new IllegalStateException("it may be a repeat, which is answered all the same"));
            }
            outcomes.add(() -> task.answer(new Answer.Refused<>(Held.NEWER_VERSION)));
            return;
        }
        Decided<S, E, A> decided;
        try {
            decided = decide(task, before);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            if (way == Way.AHEAD) {
                throw new NotThisWay(e);
            }
            // Foreign code: its failure is its caller's.
            outcomes.add(() -> task.fail(e));
            return;
        }
        if (way == Way.AHEAD && task.command().begins() && decided.steps.isEmpty()) {
            // Only a first version that is written shows that the stream was as new as it was said to be.
            throw new NotThisWay(new IllegalStateException("it begins nothing"));
        }
        if (!decided.steps.isEmpty() && task.kind().projects() && !projected(task, decided)) {
            return;
        }
        if (!decided.steps.isEmpty()) {
            var last = decided.steps.get(decided.steps.size() - 1);
            memory.stage(task.command().stream(), last.after());
            position = last.recorded().position();
        }
        gather(task, decided);
    }

    /** One event of a decision, with the state and the hash after it. */
    private record Step<S, E>(EventRow row, Recorded<E> recorded, Held<S> after) {}

    private record Decided<S, E, A>(
            Answer<A> answer,
            StoredAnswer stored,
            List<Step<S, E>> steps,
            Optional<Decision.Accepted<E, A>> accepted) {}

    private <S, E, A> Decided<S, E, A> decide(Task<S, E, A> task, Held<S> before) {
        var now = lane.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        var decision = task.decider().decide(before.state(), now);
        var steps = new ArrayList<Step<S, E>>();
        if (decision instanceof Decision.Refused<E, A> refused) {
            var answer = new Answer.Refused<A>(refused.refusal());
            return new Decided<>(answer, StoredAnswer.of(task, answer), steps, Optional.empty());
        }
        var accepted = (Decision.Accepted<E, A>) decision;
        var held = before;
        for (var event : accepted.events()) {
            var step = step(task, held, event, position + steps.size() + 1, now);
            steps.add(step);
            held = step.after();
        }
        var answer = new Answer.Accepted<>(accepted.answer(), held.version());
        return new Decided<>(answer, StoredAnswer.of(task, answer), steps, Optional.of(accepted));
    }

    private <S, E> Step<S, E> step(Task<S, E, ?> task, Held<S> before, E event, long at, Instant now) {
        var kind = task.kind();
        var command = task.command();
        var row = new EventRow(
                at,
                kind.name(),
                command.stream().toString(),
                before.version() + 1,
                lane.ids().next().toString(),
                kind.kind().events().nameOf(event),
                now.toEpochMilli(),
                command.actor(),
                command.id().toString(),
                Codec.write(event));
        var hash = hashes.event(before.hash(), site.value(), row);
        var after = new Held<>(kind.kind().evolve(before.state(), event), row.version(), hash, true);
        return new Step<>(row, kind.recorded(site, row, event), after);
    }

    /** Whether the read model took the events. */
    private <S, E, A> boolean projected(Task<S, E, A> task, Decided<S, E, A> decided) throws SQLException, NotThisWay {
        writes.begun = true;
        if (way == Way.CAREFUL) {
            session.savepoint();
        }
        try {
            for (var step : decided.steps) {
                task.kind()
                        .kind()
                        .project(session.sql(), step.recorded(), step.after().state());
            }
            if (way == Way.CAREFUL) {
                session.sql().flush();
            }
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            if (e instanceof SQLException fault && (SqlFaults.passing(fault) || SqlFaults.absent(fault))) {
                throw fault;
            }
            if (way != Way.CAREFUL) {
                throw new NotThisWay(e);
            }
            session.undo();
            outcomes.add(() -> task.fail(e));
            return false;
        }
        if (way == Way.CAREFUL) {
            session.release();
        }
        return true;
    }

    private <S, E, A> void gather(Task<S, E, A> task, Decided<S, E, A> decided) {
        for (var step : decided.steps) {
            writes.events.add(new Writes.Hashed(step.row(), step.after().hash()));
            fresh.add(fresh(task.kind(), step));
            if (task.kind().listens()) {
                announcements.add(new Announcement<>(task.kind(), step.recorded(), step.after()));
            }
        }
        writes.answers.add(decided.stored);
        answers.put(task.command().id(), decided.stored);
        task.due()
                .ifPresent(due -> writes.deadlines.add(
                        new Writes.DeadlineChange(task.key(), due.name(), Optional.empty(), due.generation())));
        decided.accepted.ifPresent(accepted -> {
            accepted.deadlines().forEach(deadline -> {
                writes.deadlines.add(new Writes.DeadlineChange(
                        task.key(), deadline.name(), deadline.at(), lane.ids().next()));
                firstDue = earlier(firstDue, deadline.at());
            });
            writes.personal.addAll(accepted.personal());
        });
        outcomes.add(() -> task.answer(decided.answer));
    }

    private static <S, E> Recent.Fresh fresh(OpenKind<S, E> kind, Step<S, E> step) {
        return kind.publishes()
                ? new Recent.Fresh(kind, step.row(), () -> kind.kind()
                        .publish(step.recorded(), step.after().state()))
                : new Recent.Fresh(kind, step.row(), List::of);
    }

    /** What it has appended, as subscribers hear it. */
    List<Recent.Fresh> fresh() {
        return fresh;
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().isBefore(other.get()) ? one : other;
    }

    /** Undoes in memory what did not become durable. */
    void drop() {
        touched.forEach(Remembered::drop);
    }

    /** Keeps what has become durable. */
    void keep() {
        touched.forEach(Remembered::keep);
        lane.stands(end);
    }

    /** Gives the tasks their outcomes; what goes wrong with one is its own. */
    void settle() {
        for (int i = 0; i < tasks.size(); i++) {
            try {
                outcomes.get(i).run();
            } catch (RuntimeException e) {
                tasks.get(i).fail(e);
            }
        }
    }

    /** What it has appended, if anything, with what listeners are to hear of it. */
    Optional<Announcer.Appended> appended() {
        return writes.events.isEmpty()
                ? Optional.empty()
                : Optional.of(new Announcer.Appended(before, end.position(), announcements));
    }

    Optional<Instant> firstDue() {
        return firstDue;
    }
}
