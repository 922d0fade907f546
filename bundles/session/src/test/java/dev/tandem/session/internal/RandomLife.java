package dev.tandem.session.internal;

import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import dev.tandem.journal.Decision;
import dev.tandem.journal.Personal;
import dev.tandem.platform.Interaction;

/** A session with its deadlines, as the journal would keep them, to which deeds happen in any order. */
abstract class RandomLife {
    final UUID agent = id(2);
    final Map<String, Instant> deadlines = new HashMap<>();
    SessionState state = SessionState.NONE;
    Instant now = Instant.parse("2026-11-21T12:00:00Z");
    int next;

    /** @param next the first id that is free */
    RandomLife(int next) {
        this.next = next;
    }

    /** @param deeds how many there are to choose from, with all that they are done to */
    static void inEveryOrder(Supplier<? extends RandomLife> begin, int deeds, int most) {
        qt().withExamples(3000)
                .forAll(lists().of(integers().between(0, deeds)).ofSizeBetween(1, most))
                .checkAssert(done -> {
                    var life = begin.get();
                    done.forEach(life::deed);
                });
    }

    abstract void deed(int random);

    /** Takes what was decided, if it was accepted. */
    abstract void take(Decision<Fact, ?> decision);

    /** What is always so. */
    abstract void check();

    abstract Decision<Fact, ?> passed(String deadline);

    final Fact.Started started(Personal name) {
        return new Fact.Started(
                now,
                id(5),
                "call-1",
                Interaction.Kind.CALL,
                "anna.bell",
                agent,
                name.ref(),
                "123456",
                "http://x/j/",
                1,
                Optional.empty());
    }

    /** Time goes by, and what falls due meanwhile happens. */
    final void pass(Duration time) {
        var end = now.plus(time.isNegative() ? Duration.ZERO : time);
        for (var due = nextDue(end); due.isPresent(); due = nextDue(end)) {
            now = due.get().getValue().isAfter(now) ? due.get().getValue() : now;
            var name = due.get().getKey();
            deadlines.remove(name);
            take(passed(name));
            check();
        }
        now = end;
    }

    private Optional<Map.Entry<String, Instant>> nextDue(Instant end) {
        return deadlines.entrySet().stream()
                .filter(d -> !d.getValue().isAfter(end))
                .min(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(d -> Map.entry(d.getKey(), d.getValue()));
    }

    final void keepDeadlines(Decision.Accepted<Fact, ?> accepted) {
        for (var change : accepted.deadlines()) {
            change.at().ifPresentOrElse(at -> deadlines.put(change.name(), at), () -> deadlines.remove(change.name()));
        }
    }

    static boolean isAccepted(Decision<?, ?> decision) {
        return decision instanceof Decision.Accepted<?, ?>;
    }

    static Personal name() {
        return new Personal(new Personal.Ref(id(77), "digest"), "customer:x", new byte[16], "Marie");
    }

    static UUID id(long number) {
        return new UUID(0, number);
    }
}
