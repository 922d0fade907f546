package dev.tandem.journal.internal;

import java.util.List;
import java.util.Optional;

import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;

/** One who stands for a lease. What it holds changes under the lock of {@link NodeLeases}. */
final class Standing implements Leases.Claim {
    private final LeaseRows.Key key;
    private final Leases.Holder holder;
    private final Turns turns;
    private final NodeLeases leases;
    private volatile Optional<Lease> held = Optional.empty();

    Standing(LeaseRows.Key key, Leases.Holder holder, Turns turns, NodeLeases leases) {
        this.key = key;
        this.holder = holder;
        this.turns = turns;
        this.leases = leases;
    }

    LeaseRows.Key key() {
        return key;
    }

    Turns turns() {
        return turns;
    }

    @Override
    public Optional<Lease> held() {
        return held;
    }

    boolean holds(Lease lease) {
        return held.filter(lease::equals).isPresent();
    }

    void gain(Lease lease) {
        if (!holds(lease)) {
            lose();
            held = Optional.of(lease);
            turns.add(() -> holder.gained(lease));
        }
    }

    void lose() {
        held.ifPresent(lease -> turns.add(() -> holder.lost(lease)));
        held = Optional.empty();
    }

    @Override
    public void close() {
        leases.leave(List.of(this));
    }

    @Override
    public String toString() {
        return key.name() + " of " + key.site();
    }
}
