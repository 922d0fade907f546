package dev.tandem.journal.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;
import dev.tandem.journal.Node;
import dev.tandem.platform.SiteId;

/** In which sites this node fires deadlines: it stands for the lease of each that has any. */
final class DeadlineLeases implements Leases.Holder {
    private static final Logger LOG = LoggerFactory.getLogger(DeadlineLeases.class);
    /** For how long one that cannot fire a deadline leaves the site to others. */
    private static final Duration AWAY = Duration.ofSeconds(30);

    private static final int REMEMBERED = 1_000;

    private final LocalNode node;
    private final Clock clock;
    private final boolean byItself;
    private final Runnable gained;
    private final Map<SiteId, Leases.Claim> claims = new ConcurrentHashMap<>();
    /** For which deadlines it has left a site to others. */
    private final Set<UUID> left = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    private final Map<SiteId, Instant> away = new ConcurrentHashMap<>();

    /**
     * @param byItself whether it stands for leases; otherwise it takes them when it is asked, if they are free
     * @param gained called when there may be more to do
     */
    DeadlineLeases(LocalNode node, Clock clock, boolean byItself, Runnable gained) {
        this.node = node;
        this.clock = clock;
        this.byItself = byItself;
        this.gained = gained;
    }

    boolean knows(SiteId site) {
        return claims.containsKey(site);
    }

    /** Stands for those of the sites that it does not leave to others for now. */
    void stand(List<SiteId> sites) {
        var now = clock.instant();
        away.values().removeIf(until -> !until.isAfter(now));
        for (var site : sites) {
            if (away.containsKey(site)) {
                continue;
            }
            if (byItself) {
                claims.computeIfAbsent(site, s -> node.leases().claim(s, DeadlineRows.LEASE, this));
            } else {
                node.leases().take(site, DeadlineRows.LEASE);
            }
        }
    }

    /** The lease of a site, if this node holds it. */
    Optional<Lease> held(SiteId site) {
        if (byItself) {
            return Optional.ofNullable(claims.get(site)).flatMap(Leases.Claim::held);
        }
        return away.containsKey(site)
                ? Optional.empty()
                : node.leases().take(site, DeadlineRows.LEASE).filter(lease -> lease.node()
                        .equals(node.self().id()));
    }

    /**
     * Leaves a site to others for a while, since this node cannot fire a deadline. False if there are none, or they could not
     * either: it has done so for that deadline before.
     */
    boolean leave(Lease lease, Deadlines.Due due) {
        if (!left.add(due.generation())) {
            return false;
        }
        var site = lease.site();
        var others = node.all().stream()
                .anyMatch(other -> other.state() == Node.State.UP
                        && !other.id().equals(node.self().id()));
        if (!others) {
            return false;
        }
        LOG.info("Site {}: its deadlines are left to other nodes for {} s", site, AWAY.toSeconds());
        away.put(site, clock.instant().plus(AWAY));
        var claim = Optional.ofNullable(claims.remove(site));
        claim.ifPresentOrElse(Leases.Claim::close, () -> node.leases().release(lease));
        return true;
    }

    void close() {
        node.leases().leave(List.copyOf(claims.values()));
        claims.clear();
    }

    @Override
    public void gained(Lease lease) {
        gained.run();
    }

    @Override
    public void lost(Lease lease) {
        // What is under way is refused by the fence.
    }
}
