package dev.tandem.web.testing;

import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Lease;
import dev.tandem.platform.SiteId;
import dev.tandem.web.MediaNodes;

/** Which node relays, as the test says: this one at first. */
public final class FakeMediaNodes implements MediaNodes {
    private static final UUID ME = new UUID(4, 1);

    /** Another node relays now. */
    public boolean elsewhere;

    /** Whether this node believes that it relays; one that was suspended may err. */
    public boolean believes = true;

    public long epoch = 1;

    /** This node is just being stopped, and others are there. */
    public boolean othersGoOn;

    /** Whether what is written under that lease is written. */
    public boolean holds(Lease lease) {
        return !elsewhere && lease.epoch() == epoch;
    }

    @Override
    public Optional<Lease> held(SiteId site, UUID session) {
        return believes ? Optional.of(lease(site, session)) : Optional.empty();
    }

    @Override
    public Optional<Lease> take(SiteId site, UUID session) {
        return elsewhere ? Optional.empty() : Optional.of(lease(site, session));
    }

    @Override
    public boolean othersGoOn() {
        return othersGoOn;
    }

    private Lease lease(SiteId site, UUID session) {
        return new Lease(site, "media/" + session, ME, epoch);
    }
}
