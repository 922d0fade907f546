package dev.tandem.journal.internal;

import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Decision;
import dev.tandem.journal.Recorded;
import dev.tandem.platform.SiteId;

/**
 * One attempt to decide some commands of a site and make them durable in one transaction. First without savepoints, since
 * they cost a round trip each; if a projection then fails the lane tries again, carefully.
 */
final class Batch {
    /** A projection failed in a batch without savepoints: nothing of the batch can stay. */
    static final class ProjectionFailed extends Exception {
        private static final long serialVersionUID = 1L;

        ProjectionFailed(Throwable cause) {
            super(cause);
        }
    }

    /** An event to tell of once it is durable. */
    record Announcement<S, E>(OpenKind<S, E> kind, Recorded<E> event, S after) {
        void tell() {
            kind.kind().committed(event, after);
        }
    }

    /** A stream that is being read back. */
    private static final class Folding<S> {
        private final OpenKind<S, ?> kind;
        private Held<S> held;
        private Optional<RuntimeException> failure = Optional.empty();

        Folding(OpenKind<S, ?> kind) {
            this.kind = kind;
            this.held = kind.initial();
        }

        void event(long version, String name, String payload, byte[] hash) {
            if (failure.isEmpty()) {
                try {
                    held = kind.fold(held, version, name, payload, hash);
                } catch (RuntimeException e) {
                    failure = Optional.of(e);
                }
            }
        }

        void keep(SiteId site, UUID stream) {
            if (failure.isEmpty()) {
                kind.decided(site).put(stream, held);
            }
        }
    }

    private final Session session;
    private final Lane lane;
    private final SiteId site;
    private final List<Task<?, ?, ?>> tasks;
    private final boolean careful;
    private final Hashes hashes = new Hashes();
    private final Writes writes = new Writes();
    private final Map<UUID, StoredAnswer> answers = new HashMap<>();
    private final Map<StreamKey, RuntimeException> unreadable = new HashMap<>();
    private final Set<Remembered<?>> touched = new HashSet<>();
    private final List<Runnable> outcomes = new ArrayList<>();
    private final List<Announcement<?, ?>> announcements = new ArrayList<>();
    private Optional<Instant> firstDue = Optional.empty();
    private long position;

    Batch(Session session, Lane lane, List<Task<?, ?, ?>> tasks, boolean careful) {
        this.session = session;
        this.lane = lane;
        this.site = lane.site();
        this.tasks = tasks;
        this.careful = careful;
    }

    /** Decides and commits, or throws with nothing written. */
    void run() throws SQLException, ProjectionFailed {
        var ids = new LinkedHashSet<UUID>();
        tasks.forEach(task -> ids.add(task.command().id()));
        var head = lane.store().begin(session, site.value(), ids, answers);
        lane.catchUp(session, head.position());
        readBack();
        position = head.position();
        for (var task : tasks) {
            one(task);
        }
        if (writes.isEmpty()) {
            session.rollback();
            return;
        }
        if (!writes.events.isEmpty()) {
            var all = new ByteArrayOutputStream(writes.events.size() * 32);
            writes.events.forEach(event -> all.writeBytes(event.hash()));
            writes.batchHash =
                    hashes.batch(head.batchHash(), site.value(), head.position() + 1, position, all.toByteArray());
        }
        lane.store().commit(session, site.value(), head, writes);
    }

    /** Reads the streams that are not remembered, all at once. */
    private void readBack() throws SQLException {
        var foldings = new LinkedHashMap<StreamKey, Folding<?>>();
        for (var task : tasks) {
            var known = task.kind().decided(site).get(task.command().stream()).isPresent();
            if (!known && !answers.containsKey(task.command().id())) {
                foldings.computeIfAbsent(task.key(), key -> new Folding<>(task.kind()));
            }
        }
        if (foldings.isEmpty()) {
            return;
        }
        lane.store()
                .streams(session, site.value(), foldings.keySet(), (key, version, name, payload, hash) -> foldings.get(
                                key)
                        .event(version, name, payload, hash));
        foldings.forEach((key, folding) -> {
            folding.keep(site, key.stream());
            folding.failure.ifPresent(e -> unreadable.put(key, e));
        });
    }

    private <S, E, A> void one(Task<S, E, A> task) throws SQLException, ProjectionFailed {
        var first = answers.get(task.command().id());
        if (first != null) {
            outcomes.add(() -> task.answer(first.again(task)));
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
        var before = memory.getStaged(task.command().stream()).orElseThrow();
        Decided<S, E, A> decided;
        try {
            decided = decide(task, before);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            // Foreign code: its failure is its caller's.
            outcomes.add(() -> task.fail(e));
            return;
        }
        if (!decided.steps.isEmpty() && task.kind().projects() && !projected(task, decided)) {
            return;
        }
        if (!decided.steps.isEmpty()) {
            var last = decided.steps.get(decided.steps.size() - 1);
            memory.stage(task.command().stream(), last.after());
            touched.add(memory);
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
        var after = new Held<>(kind.kind().evolve(before.state(), event), row.version(), hash);
        return new Step<>(row, kind.recorded(site, row, event), after);
    }

    /** Whether the read model took the events. */
    private <S, E, A> boolean projected(Task<S, E, A> task, Decided<S, E, A> decided)
            throws SQLException, ProjectionFailed {
        if (careful) {
            session.savepoint();
        }
        try {
            for (var step : decided.steps) {
                task.kind()
                        .kind()
                        .project(session.sql(), step.recorded(), step.after().state());
            }
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            if (!careful) {
                throw new ProjectionFailed(e);
            }
            session.undo();
            outcomes.add(() -> task.fail(e));
            return false;
        }
        if (careful) {
            session.release();
        }
        return true;
    }

    private <S, E, A> void gather(Task<S, E, A> task, Decided<S, E, A> decided) {
        for (var step : decided.steps) {
            writes.events.add(new Writes.Hashed(step.row(), step.after().hash()));
            if (task.kind().listens()) {
                announcements.add(new Announcement<>(
                        task.kind(), step.recorded(), step.after().state()));
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

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().isBefore(other.get()) ? one : other;
    }

    /** Undoes in memory what did not become durable. */
    void drop() {
        touched.forEach(Remembered::dropStaged);
    }

    /** Keeps what has become durable. */
    void keep() {
        touched.forEach(Remembered::keepStaged);
        if (!writes.events.isEmpty()) {
            lane.stands(position);
        }
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

    List<Announcement<?, ?>> announcements() {
        return announcements;
    }

    boolean appended() {
        return !writes.events.isEmpty();
    }

    Optional<Instant> firstDue() {
        return firstDue;
    }
}
