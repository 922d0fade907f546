package dev.tandem.journal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** The nodes that share the database. A service. On SQLite there is one, and it is always up or draining. */
@ProviderType
public interface Nodes {
    /** How often a node says that it lives. */
    Duration BEAT = Duration.ofSeconds(1);

    /** A node that has not said so for this long is taken for dead, and what it held goes on to others. */
    Duration PATIENCE = Duration.ofSeconds(4);

    /** This node, as it knows itself; no question to the database. */
    Node self();

    /** The living ones by name, this one among them. */
    List<Node> all();

    /** One of the living ones. */
    Optional<Node> find(UUID id);

    /** Gives up all leases and takes no new ones; listeners close what they hold for clients. Returns when that is done. */
    void drain();

    /** Takes part again after {@link #drain}. */
    void resume();

    /**
     * Notes a digest of something that must be the same on every node, so that others can tell.
     *
     * @param digest at most 64 characters
     */
    void fingerprint(String digest);

    /** Hears of nodes. Published as a service; called on a thread of the journal. */
    @ConsumerType
    interface Listener {
        /** This node drains: close what clients can open again elsewhere. Nodes.drain waits for it. */
        default void draining() {}

        /** This node takes part again. */
        default void resumed() {}

        /**
         * The others have taken this node for dead, and it is not: its leases are theirs. It lives on under a new id; what
         * it did alone must stop before this returns.
         */
        default void expelled() {}

        /** A node has died, or ended; told on every living node, perhaps more than once. */
        default void gone(UUID node) {}
    }
}
