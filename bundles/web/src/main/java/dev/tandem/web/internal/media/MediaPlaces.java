package dev.tandem.web.internal.media;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;
import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.platform.SiteId;
import dev.tandem.web.MediaNodes;
import dev.tandem.web.internal.Drain;
import dev.tandem.web.internal.Threads;

/**
 * Which sessions this node relays, by the leases it holds. The database is asked whenever a ticket is given out or a socket
 * says hello; in between what was heard last holds, until this node learns that it has lost everything.
 */
@Component(service = {MediaNodes.class, MediaPlaces.class})
public final class MediaPlaces implements MediaNodes {
    static final long KEPT = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(MediaPlaces.class);
    private static final long SWEEP_SECONDS = 5;

    private record Key(SiteId site, UUID session) {}

    /** @param life in which of our lives it was taken; it counts in that one only */
    private record Taken(Lease lease, long life) {}

    /** What is known of a session. Its lock keeps taking and giving up apart. */
    private static final class Place {
        private volatile Optional<Taken> taken = Optional.empty();
        private int sockets;
        private long keptUntil;
        private boolean forgotten;
    }

    /** A socket's place on this node. */
    interface Stay {
        /** The socket is closed. Once. */
        void end();
    }

    private final Leases leases;
    private final Nodes nodes;
    private final Drain drain;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final Map<Key, Place> places = new ConcurrentHashMap<>();
    private final AtomicLong life = new AtomicLong();

    @Activate
    public MediaPlaces(@Reference Leases leases, @Reference Nodes nodes, @Reference Drain drain) {
        this(
                leases,
                nodes,
                drain,
                Executors.newSingleThreadScheduledExecutor(Threads.named("tandem-media-leases")),
                System::nanoTime);
    }

    MediaPlaces(Leases leases, Nodes nodes, Drain drain, ScheduledExecutorService timer, LongSupplier nanoTime) {
        this.leases = leases;
        this.nodes = nodes;
        this.drain = drain;
        this.timer = timer;
        this.nanoTime = nanoTime;
        timer.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** The node goes on without us: another one may take the sessions at once. */
    @Deactivate
    void deactivate() {
        timer.shutdownNow();
        giveUpAll();
    }

    @Override
    public Optional<Lease> held(SiteId site, UUID session) {
        return Optional.ofNullable(places.get(new Key(site, session))).flatMap(this::held);
    }

    private Optional<Lease> held(Place place) {
        return place.taken
                .filter(taken -> taken.life() == life.get())
                .map(Taken::lease)
                .filter(this::isOurs);
    }

    @Override
    public Optional<Lease> take(SiteId site, UUID session) {
        return ask(site, session).filter(this::isOurs);
    }

    @Override
    public boolean othersGoOn() {
        try {
            return drain.isForGood() && nodes.all().size() > 1;
        } catch (RuntimeException e) {
            LOG.warn("Nobody can say whether other nodes go on", e);
            return true;
        }
    }

    /** The name of this node. */
    String here() {
        return nodes.self().name();
    }

    /** The name of the node that relays the session from now on, if any can. */
    Optional<String> node(SiteId site, UUID session) {
        return ask(site, session)
                .flatMap(lease -> isOurs(lease)
                        ? Optional.of(here())
                        : nodes.find(lease.node()).map(Node::name));
    }

    /** A socket wants to stay; empty if another node relays its session. */
    Optional<Stay> enter(SiteId site, UUID session) {
        var key = new Key(site, session);
        while (true) {
            var place = places.computeIfAbsent(key, unknown -> new Place());
            synchronized (place) {
                if (!place.forgotten) {
                    if (ask(key, place).filter(this::isOurs).isEmpty()) {
                        return Optional.empty();
                    }
                    place.sockets++;
                    return Optional.of(() -> left(place));
                }
            }
        }
    }

    private void left(Place place) {
        synchronized (place) {
            place.sockets--;
            keep(place);
        }
    }

    private Optional<Lease> ask(SiteId site, UUID session) {
        var key = new Key(site, session);
        while (true) {
            var place = places.computeIfAbsent(key, unknown -> new Place());
            synchronized (place) {
                if (!place.forgotten) {
                    return ask(key, place);
                }
            }
        }
    }

    private Optional<Lease> ask(Key key, Place place) {
        long now = life.get(); // what was granted to a life that has ended meanwhile does not count
        keep(place);
        var lease = leases.take(key.site(), "media/" + key.session());
        place.taken = lease.filter(this::isOurs).map(ours -> new Taken(ours, now));
        return lease;
    }

    private void keep(Place place) {
        place.keptUntil = nanoTime.getAsLong() + KEPT;
    }

    private boolean isOurs(Lease lease) {
        return lease.node().equals(nodes.self().id());
    }

    /** Whether it still is what this node relays under. */
    boolean isHeld(SiteId site, UUID session) {
        return held(site, session).isPresent();
    }

    /** All leases have gone on, or will within a moment: from now on none counts. */
    void lost() {
        life.incrementAndGet();
    }

    /** Gives all leases up, as far as the database can be reached. */
    private void giveUpAll() {
        var held =
                places.values().stream().flatMap(place -> held(place).stream()).toList();
        lost();
        held.forEach(this::release);
    }

    /** Gives up what nobody has used for a while. */
    private void sweep() {
        for (var entry : List.copyOf(places.entrySet())) {
            try {
                sweep(entry.getKey(), entry.getValue());
            } catch (RuntimeException e) {
                LOG.debug("A lease could not be given up; the next try comes soon", e);
            }
        }
    }

    private void sweep(Key key, Place place) {
        synchronized (place) {
            if (place.sockets == 0 && nanoTime.getAsLong() - place.keptUntil >= 0) {
                held(place).ifPresent(leases::release);
                place.forgotten = true;
                places.remove(key, place);
            }
        }
    }

    private void release(Lease lease) {
        try {
            leases.release(lease);
        } catch (RuntimeException e) {
            LOG.warn("{} could not be given up; it ends with this node", lease.name(), e);
        }
    }

    int size() {
        return places.size();
    }
}
