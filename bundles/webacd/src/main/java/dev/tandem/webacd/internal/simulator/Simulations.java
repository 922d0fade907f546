package dev.tandem.webacd.internal.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.platform.SiteId;
import dev.tandem.web.LiveChannel;
import dev.tandem.webacd.internal.config.RoutingFault;
import dev.tandem.webacd.internal.config.WhatIf;
import dev.tandem.webacd.internal.desk.Later;

/**
 * The simulations of this node: one runs at a time, on a thread of low priority, the others wait. They are results and no
 * facts: kept in memory, the latest of each site, and gone with the node.
 */
@Component(service = Simulations.class)
public final class Simulations {
    /** The part of the topic behind the kind. */
    public static final String TOPIC = "simulations";

    private static final Logger LOG = LoggerFactory.getLogger(Simulations.class);
    /** Progress is told at most so often. */
    private static final Duration PACE = Duration.ofMillis(200);
    /** Of each site so many are kept that are over. */
    static final int KEPT = 8;
    /** Of each site so many may wait or run. */
    static final int MOST_WAITING = 4;

    private final WhatIf whatIf;
    private final Judge judge;
    private final Recorded recorded;
    private final Sources sources;
    private final LiveChannel live;
    private final Later later;
    private final Clock clock;
    private final Map<UUID, Run> runs = new LinkedHashMap<>();
    private final Set<SiteId> ringing = ConcurrentHashMap.newKeySet();
    private final Map<SiteId, Long> numbers = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor thread;

    @Activate
    public Simulations(
            @Reference WhatIf whatIf,
            @Reference Sources sources,
            @Reference Recorded recorded,
            @Reference LiveChannel live,
            @Reference Later later,
            @Reference Clock clock) {
        this.whatIf = whatIf;
        this.judge = new Judge(whatIf);
        this.recorded = recorded;
        this.sources = sources;
        this.live = live;
        this.later = later;
        this.clock = clock;
        this.thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var made = new Thread(task, "tandem-simulator");
            made.setDaemon(true);
            made.setPriority(Thread.MIN_PRIORITY);
            return made;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    /** Every run ends soon; whoever watches it is told no more. */
    @Deactivate
    void close() {
        synchronized (runs) {
            runs.values().forEach(Run::cancel);
        }
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("A simulation has not ended in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Begins one, as soon as those before it are over. A repeat with the same id changes nothing, at the same moment either.
     *
     * @param by who asks for it
     * @throws RoutingFault what is wrong with the request; 409 {@code too-many-simulations}
     */
    public SimulationView begin(SiteId site, UUID id, String by, Request request) {
        synchronized (runs) {
            var known = find(site, id);
            if (known.isPresent()) {
                return known.get();
            }
        }
        var ready = judge.judge(site, request);
        var run = new Run(id, site, by, ready, sources, clock, () -> changed(site));
        synchronized (runs) {
            // Sent twice at once, each was judged.
            var known = find(site, id);
            if (known.isPresent()) {
                return known.get();
            }
            if (runs.values().stream()
                            .filter(one -> one.of(site) && !one.over())
                            .count()
                    >= MOST_WAITING) {
                throw RoutingFault.conflict(
                        "too-many-simulations", "So many simulations wait already; end one or wait for them.");
            }
            runs.put(id, run);
            var over = runs.values().stream()
                    .filter(one -> one.of(site) && one.over())
                    .toList();
            over.subList(0, Math.max(0, over.size() - KEPT)).forEach(one -> runs.remove(one.id()));
        }
        thread.execute(run);
        changed(site);
        return run.view(true);
    }

    /** Of that site, if it is known here. */
    public Optional<SimulationView> find(SiteId site, UUID id) {
        synchronized (runs) {
            return Optional.ofNullable(runs.get(id)).filter(run -> run.of(site)).map(run -> run.view(true));
        }
    }

    /** All of that site that are known here, the latest first, without what came of them. */
    public List<SimulationView> all(SiteId site) {
        synchronized (runs) {
            var all = new ArrayList<SimulationView>();
            runs.values().stream().filter(run -> run.of(site)).forEach(run -> all.add(0, run.view(false)));
            return all;
        }
    }

    /** Ends one that is not over; forgets one that is. False if there is none. */
    public boolean end(SiteId site, UUID id) {
        synchronized (runs) {
            var run = Optional.ofNullable(runs.get(id)).filter(one -> one.of(site));
            if (run.isEmpty()) {
                return false;
            }
            if (run.get().over()) {
                runs.remove(id);
            } else {
                run.get().cancel();
                thread.remove(run.get());
            }
        }
        changed(site);
        return true;
    }

    /** What came in a time. @throws RoutingFault for a time that cannot be asked for */
    public Recorded.Summary recorded(SiteId site, Instant from, Instant to) {
        Judge.time("", from, to);
        return recorded.summary(site, whatIf.now(site), from, to);
    }

    /** Waits until something has changed, or that time has passed. */
    public void await(Duration most) throws InterruptedException {
        synchronized (runs) {
            runs.wait(most.toMillis());
        }
    }

    private void changed(SiteId site) {
        synchronized (runs) {
            runs.notifyAll();
        }
        if (ringing.add(site)) {
            later.run(PACE, () -> {
                ringing.remove(site);
                numbers.merge(site, clock.millis(), (before, now) -> Math.max(before + 1, now));
                live.ring(site, "webacd/" + TOPIC);
            });
        }
    }

    /** The number of the state now; past {@code seen}, if that was from a clock ahead of ours. */
    public long number(SiteId site, long seen) {
        long now = numbers.computeIfAbsent(site, unseen -> clock.millis());
        return now < seen ? numbers.merge(site, seen + 1, Math::max) : now;
    }
}
