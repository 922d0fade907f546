package dev.tandem.journal;

import java.util.List;
import java.util.Optional;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.platform.SiteId;

/**
 * What only one node does at a time. A service. A lease lasts as long as its node: it goes on to another one when the node
 * drains, gives it up, or has not been heard of for {@link Nodes#PATIENCE}, by the clock of the database.
 *
 * <p>A node that was suspended may believe for a moment that it still holds what has gone on. So whatever must not happen
 * twice is done by commands {@link Command#under} the lease: the epoch is checked within the transaction that writes.
 */
@ProviderType
public interface Leases {
    /**
     * Stands for a lease from now on. While anybody alive stands for it, one of them holds it.
     *
     * @param holder told on a thread of the journal; {@code gained} and {@code lost} take turns
     */
    Claim claim(SiteId site, String name, Holder holder);

    /** The lease as it is held now, or by this node from now on if nobody alive holds it. A draining node takes none. */
    Optional<Lease> take(SiteId site, String name);

    /** The lease, if a living node holds it. */
    Optional<Lease> find(SiteId site, String name);

    /**
     * What living nodes do alone for a site as a whole, by name and site: the leases whose name has no second part, such as
     * {@code deadlines} and {@code router}. For people who look; it reads them all.
     */
    List<Lease> ofSites();

    /** Gives a lease of this node up. The next one has a higher epoch. */
    void release(Lease lease);

    /** A place among those who stand for a lease. */
    @ProviderType
    interface Claim extends AutoCloseable {
        /** The lease while this node holds it, to the best of its knowledge. */
        Optional<Lease> held();

        /** Stands no longer, and gives the lease up; {@code lost} has returned by then. */
        @Override
        void close();
    }

    /** Is told. */
    @ConsumerType
    interface Holder {
        /** This node holds it now. */
        void gained(Lease lease);

        /** It does no longer: it has drained, or was taken for dead, or the claim was closed. */
        void lost(Lease lease);
    }
}
