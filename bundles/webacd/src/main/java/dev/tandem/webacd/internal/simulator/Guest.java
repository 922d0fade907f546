package dev.tandem.webacd.internal.simulator;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.tandem.platform.AgentId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;

/** Who came, and how far they are. */
final class Guest {
    static final Comparator<Guest> BY_PATIENCE =
            Comparator.<Guest>comparingLong(guest -> guest.patienceEnds).thenComparingLong(guest -> guest.number);

    final long number;
    final WorkItemId id;
    final Arrival arrival;
    final long since;
    final long patienceEnds;
    /** The queue that they came to, of which they were told. */
    Optional<QueueId> first = Optional.empty();
    /** Where they wait now; empty with agents by name. */
    Optional<QueueId> queue = Optional.empty();

    Optional<Round> round = Optional.empty();
    Optional<AgentId> agent = Optional.empty();
    /** Milliseconds that they were told at entry; less than 0 for nothing. */
    long told = -1;

    /** Who is asked, once. */
    static final class Round {
        final Instant until;
        final Set<AgentId> pending = new LinkedHashSet<>();
        final Set<AgentId> unwilling = new LinkedHashSet<>();
        final Set<AgentId> silent = new LinkedHashSet<>();
        private int asked;

        Round(Instant until) {
            this.until = until;
        }

        void ask(AgentId agent, boolean saysNothing, boolean declines) {
            asked++;
            pending.add(agent);
            if (saysNothing) {
                silent.add(agent);
            } else if (declines) {
                unwilling.add(agent);
            }
        }

        /** Whether nobody else can be blamed. */
        boolean alone() {
            return asked == 1;
        }

        List<AgentId> pending(Set<AgentId> of) {
            return pending.stream().filter(of::contains).toList();
        }

        List<AgentId> accepting() {
            return pending.stream()
                    .filter(one -> !unwilling.contains(one) && !silent.contains(one))
                    .toList();
        }
    }

    Guest(long number, Arrival arrival) {
        this.number = number;
        this.id = new WorkItemId(new UUID(0x7000L, number));
        this.arrival = arrival;
        this.since = arrival.at().toEpochMilli();
        this.patienceEnds = arrival.patience()
                .map(time -> arrival.at().plus(time).toEpochMilli())
                .orElse(Long.MAX_VALUE);
        if (arrival.target() instanceof Target.Queue to) {
            this.queue = Optional.of(to.queue());
        }
    }
}
