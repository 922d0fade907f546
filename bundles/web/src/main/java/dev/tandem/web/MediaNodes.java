package dev.tandem.web;

import java.util.Optional;
import java.util.UUID;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.journal.Lease;
import dev.tandem.platform.SiteId;

/**
 * Which node relays the media of a session: one at a time, the one that holds the session's lease. Sockets of a
 * {@link MediaChannel} are opened on that node only. A service.
 *
 * <p>Whatever is written because of media, such as that a share has stopped since its sender is gone, is written
 * {@link dev.tandem.journal.Command#under} the lease under which it was relayed: so a node that was suspended, and does
 * not know yet that the session goes on elsewhere, writes nothing any more. A refusal {@code lease-lost} means that the
 * rest is another node's business. Keep the lease with what is relayed; a later one of the same session is for what is
 * opened later.
 *
 * <p>When the lease is lost (this node drains, or was taken for dead) all sockets of the session are closed, and their
 * receivers told. Given up it is a minute after the last socket, and at the earliest a minute after {@link #take}.
 */
@ProviderType
public interface MediaNodes {
    /**
     * The lease, if this node relays that session as far as it knows; nobody is asked. It is there when
     * {@link MediaChannel#open} is called.
     */
    Optional<Lease> held(SiteId site, UUID session);

    /**
     * The lease, if this node relays that session: it is taken if no living node has it. Empty if another node relays, or
     * this one drains. Asks the database.
     */
    Optional<Lease> take(SiteId site, UUID session);

    /**
     * Whether this node is just being stopped and others go on with its sessions. What goes on here is then left to them, and
     * is not written to have stopped. Also if nobody can say, since the database is away.
     */
    boolean othersGoOn();
}
