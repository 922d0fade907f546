package dev.tandem.webacd.internal.router;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.SiteId;

/** Whether every site that has queues has a router alive, and whether this node's routers keep up. */
@Component(
        property = {
            HealthCheck.NAME + "=routers",
            HealthCheck.TAGS + "=tandem",
            HealthCheck.RESULT_CACHE_TTL_IN_MS + ":Long=1000"
        })
public final class RoutersCheck implements HealthCheck {
    /** A lease whose node has died is without a holder until another one has taken it. */
    private static final Duration HAND_OVER = Duration.ofSeconds(12);
    /** Behind by so much is worth a look. */
    private static final int MOST_BACKLOG = 1_000;

    private final Routers routers;
    private final Clock clock;
    private final Map<SiteId, Instant> without = new HashMap<>();

    @Activate
    public RoutersCheck(@Reference Routers routers, @Reference Clock clock) {
        this.routers = routers;
        this.clock = clock;
    }

    @Override
    public Result execute() {
        return judge(routers.statuses(), clock.instant());
    }

    synchronized Result judge(List<Routers.Status> all, Instant now) {
        var orphans = all.stream()
                .filter(one -> one.node().isEmpty())
                .map(Routers.Status::site)
                .toList();
        without.keySet().retainAll(orphans);
        orphans.forEach(site -> without.putIfAbsent(site, now));
        var late = orphans.stream()
                .filter(site -> without.get(site).plus(HAND_OVER).isBefore(now))
                .toList();
        if (!late.isEmpty()) {
            return new Result(
                    Status.WARN,
                    "Nobody routes the work of " + late.size() + " site(s): " + some(late)
                            + ". No node takes part that could; resume one that drains, or start one.");
        }
        var behind = all.stream().filter(one -> one.backlog() > MOST_BACKLOG).toList();
        if (!behind.isEmpty()) {
            return new Result(
                    Status.WARN,
                    "The router of "
                            + some(behind.stream().map(Routers.Status::site).toList()) + " is "
                            + behind.get(0).backlog() + " events behind.");
        }
        long here = all.stream().filter(Routers.Status::here).count();
        return new Result(Status.OK, "This node routes " + here + " of " + all.size() + " site(s)");
    }

    private static String some(List<SiteId> sites) {
        return String.join(
                ", ",
                sites.subList(0, Math.min(3, sites.size())).stream()
                        .map(SiteId::value)
                        .toList());
    }
}
