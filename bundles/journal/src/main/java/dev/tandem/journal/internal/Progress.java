package dev.tandem.journal.internal;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;

/** How far a subscriber has heard a site, and whether it hears it on this node. Used by the thread of its tail. */
final class Progress {
    /** Its place among the nodes that could hear, if they take turns. */
    final Optional<Leases.Claim> claim;
    /** Under which lease it hears. */
    Optional<Lease> lease = Optional.empty();

    boolean hears;
    long position;
    /** Whether there is something to store. */
    boolean changed;

    int failures;
    long notBefore = System.nanoTime();
    /** Since when it waits for the kind of the next event to be opened. */
    Optional<Long> waitingSince = Optional.empty();
    /** Since when it stands for the lease. */
    long standingSince = System.nanoTime();
    /** From where on events of kinds that were not open are still owed. */
    final Map<String, Long> owed = new TreeMap<>();
    /** What has been heard behind an event that could not be. */
    final Set<Long> ahead = new HashSet<>();

    Progress(Optional<Leases.Claim> claim) {
        this.claim = claim;
    }

    void begin(Optional<Lease> under, Cursors.Stored stored) {
        lease = under;
        hears = true;
        position = stored.position();
        owed.clear();
        owed.putAll(stored.owed());
        ahead.clear();
        failures = 0;
        notBefore = System.nanoTime();
    }

    void end() {
        lease = Optional.empty();
        hears = false;
        changed = false;
        waitingSince = Optional.empty();
        standingSince = System.nanoTime();
    }

    void reach(long reached) {
        position = reached;
        changed = true;
        failures = 0;
        if (!ahead.isEmpty()) {
            ahead.removeIf(heard -> heard <= reached);
        }
    }

    /** Whether it may hear on: not if what it hears under has changed. */
    boolean stands() {
        return hears && (claim.isEmpty() || claim.get().held().equals(lease));
    }
}
