package dev.tandem.webacd.internal.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.engine.QueueFacts;
import dev.tandem.webacd.internal.work.Waits;

/** Who waits where, so that it is known whether a queue takes another one, and what that one would be told. */
final class Queueing {
    private final Map<QueueId, Line> lines = new HashMap<>();
    private final Staffing staffing;

    private static final class Line {
        final QueueFacts facts;
        final Ranks keys = new Ranks();
        final long[] latest = new long[Waits.LATEST];
        long finished;
        long sum;
        boolean open;
        Optional<Instant> changes = Optional.of(Instant.MIN);

        Line(QueueFacts facts) {
            this.facts = facts;
        }

        boolean openAt(Instant now) {
            if (changes.filter(time -> !time.isAfter(now)).isPresent()) {
                open = facts.hours().openAt(now);
                changes = facts.hours().nextChange(now);
            }
            return open;
        }

        long key(Guest guest) {
            return guest.since - facts.step().toMillis() * guest.arrival.priority();
        }

        void finished(long took) {
            int at = (int) (finished++ % latest.length);
            sum += took - latest[at];
            latest[at] = took;
        }

        Duration handling() {
            return finished == 0 ? Waits.UNKNOWN : Duration.ofMillis(sum / Math.min(finished, latest.length));
        }
    }

    Queueing(List<QueueFacts> queues, Staffing staffing) {
        this.staffing = staffing;
        queues.forEach(facts -> lines.put(facts.id(), new Line(facts)));
    }

    /** @param waiting how many wait there or are offered */
    boolean takes(QueueId queue, Instant now, int waiting) {
        var line = lines.get(queue);
        return line != null && line.openAt(now) && (line.facts.largest() == 0 || waiting < line.facts.largest());
    }

    /** Milliseconds by {@link Waits#estimate}, the handling times being those of this run; -1 if nothing can be told. */
    long told(Guest guest) {
        return guest.queue
                .map(lines::get)
                .flatMap(line -> Waits.estimate(
                        1 + line.keys.before(line.key(guest)),
                        line.handling(),
                        staffing.places(line.facts.id()),
                        staffing.free(line.facts.id())))
                .map(Duration::toMillis)
                .orElse(-1L);
    }

    /** It waits, and nobody is asked. */
    void waits(Guest guest) {
        guest.queue.map(lines::get).ifPresent(line -> line.keys.add(line.key(guest)));
    }

    /** It is offered, or gone, or elsewhere. */
    void waitsNot(Guest guest) {
        if (guest.round.isEmpty()) {
            guest.queue.map(lines::get).ifPresent(line -> line.keys.remove(line.key(guest)));
        }
    }

    void finished(Optional<QueueId> queue, Duration took) {
        queue.map(lines::get).ifPresent(line -> line.finished(took.toMillis()));
    }
}
