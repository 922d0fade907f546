package dev.tandem.journal;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A node as the database knows it.
 *
 * @param id of this life of it; one that was taken for dead and was not has a new one
 * @param name as configured, unique among the living: part of addresses, so letters, digits and hyphens
 * @param release the version of its journal bundle
 * @param since when this life began
 * @param seen when it last said that it lives, by the clock of the database
 * @param fingerprint of what must be the same on every node, see {@link Nodes#fingerprint}
 * @param leases how many leases it holds
 */
public record Node(
        UUID id,
        String name,
        String release,
        State state,
        Instant since,
        Instant seen,
        Optional<String> fingerprint,
        int leases) {

    /** How it is. */
    public enum State {
        /** It works. */
        UP,
        /** It finishes what it has and takes nothing new: it is about to be stopped. */
        DRAINING
    }
}
