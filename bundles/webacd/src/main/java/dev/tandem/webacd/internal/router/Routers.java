package dev.tandem.webacd.internal.router;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Ids;
import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.StorageException;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.desk.Absences;
import dev.tandem.webacd.internal.work.OtherWorks;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkFact;
import dev.tandem.webacd.internal.work.WorkState;

/** The routers of this node: for each site it stands for the lease, and routes while it holds it. */
@Component(service = Routers.class)
public final class Routers {
    /** What the router of a site does alone. */
    public static final String LEASE = "router";

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Routers.class);

    private final Surroundings around;
    private final Leases leases;
    private final Threads threads;
    private final Threads.Line line;
    private final Map<SiteId, Leases.Claim> claims = new ConcurrentHashMap<>();
    private final Map<SiteId, SiteRouter> routers = new ConcurrentHashMap<>();
    private final Map<String, RoutingStrategy> strategies = new ConcurrentHashMap<>();
    private final List<Runnable> deaf;
    private volatile boolean open = true;

    @Activate
    public Routers(
            @Reference WorkBook book,
            @Reference Plans plans,
            @Reference AgentDirectory directory,
            @Reference Absences absences,
            @Reference OtherWorks others,
            @Reference Leases leases,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference Threads threads) {
        this.around = new Surroundings(book, plans, directory, absences, others, ids, clock);
        this.leases = leases;
        this.threads = threads;
        this.line = threads.line();
        this.deaf = List.of(
                book.listen(this::committed),
                plans.listen(this::configured),
                absences.listen(this::presence),
                others.listen(this::others));
        line.run(this::look);
    }

    /**
     * A site's router.
     *
     * @param node where it is; empty if nobody alive holds the lease
     * @param here whether that is this node
     * @param backlog how many things it has yet to hear of, if it is here
     * @param heard when it last had heard everything, if it is here
     */
    public record Status(SiteId site, Optional<UUID> node, boolean here, int backlog, Optional<Instant> heard) {}

    /** Of every site that has queues or work. */
    public List<Status> statuses() {
        return claims.keySet().stream()
                .sorted(java.util.Comparator.comparing(SiteId::value))
                .map(this::status)
                .toList();
    }

    public Status status(SiteId site) {
        var router = Optional.ofNullable(routers.get(site));
        var node = leases.find(site, LEASE).map(Lease::node);
        return new Status(
                site,
                node,
                router.isPresent(),
                router.map(SiteRouter::backlog).orElse(0),
                router.map(SiteRouter::heard));
    }

    /** The lease of that site, while this node routes it. */
    public Optional<Lease> held(SiteId site) {
        return Optional.ofNullable(claims.get(site)).flatMap(Leases.Claim::held);
    }

    /** Why nobody is asked now for an item that waits; empty if the router is not here or has no time. */
    public Optional<WorkFact.Why> explain(SiteId site, WorkItemId item) {
        return ask(site, router -> router.explain(item))
                .filter(why -> !why.considered().isEmpty());
    }

    private <T> Optional<T> ask(SiteId site, Function<SiteRouter, CompletableFuture<T>> question) {
        var router = routers.get(site);
        if (router == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.apply(router).get(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    private void committed(Recorded<WorkFact> event, WorkState after) {
        var router = routers.get(event.site());
        if (router != null) {
            router.committed(event, after);
        } else if (!claims.containsKey(event.site())) {
            line.run(() -> stand(event.site()));
        }
    }

    private void configured(SiteId site) {
        var router = routers.get(site);
        if (router != null) {
            router.configured();
        } else if (!claims.containsKey(site)) {
            line.run(() -> stand(site));
        }
    }

    void presence(SiteId site) {
        var router = routers.get(site);
        if (router != null) {
            router.presence();
        }
    }

    private void others(SiteId site) {
        var router = routers.get(site);
        if (router != null) {
            router.others();
        }
    }

    void strategy(String name, Optional<RoutingStrategy> now) {
        now.ifPresentOrElse(one -> strategies.put(name, one), () -> strategies.remove(name));
        routers.values().forEach(router -> router.strategy(name, now));
    }

    /** Stands for whatever site has something to route. */
    private void look() {
        if (!open) {
            return;
        }
        try {
            around.plans().sites().forEach(this::stand);
            around.book().table().sites().forEach(this::stand);
        } catch (RuntimeException e) {
            StorageException.log(LOG, "It could not be looked what is to be routed", e);
        }
        line.later(LOOK, this::look);
    }

    private void stand(SiteId site) {
        if (open && !claims.containsKey(site)) {
            claims.put(site, leases.claim(site, LEASE, new Leases.Holder() {
                @Override
                public void gained(Lease lease) {
                    begin(lease);
                }

                @Override
                public void lost(Lease lease) {
                    end(lease);
                }
            }));
        }
    }

    private void begin(Lease lease) {
        var router = new SiteRouter(lease.site(), lease, around, threads, strategies);
        // It hears before it loads, so that nothing falls between.
        var before = routers.put(lease.site(), router);
        if (before != null) {
            before.stop();
        }
        router.start();
    }

    private void end(Lease lease) {
        var router = routers.remove(lease.site());
        if (router != null) {
            router.stop();
            LOG.info("The router of site {} goes on elsewhere", lease.site());
        }
    }

    @Deactivate
    public void close() {
        open = false;
        deaf.forEach(Runnable::run);
        claims.values().forEach(Leases.Claim::close);
        routers.values().forEach(SiteRouter::stop);
    }
}
