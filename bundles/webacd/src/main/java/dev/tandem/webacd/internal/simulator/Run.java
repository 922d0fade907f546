package dev.tandem.webacd.internal.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.internal.simulator.SimulationView.OfInterval;
import dev.tandem.webacd.internal.simulator.SimulationView.OfQueue;
import dev.tandem.webacd.internal.simulator.SimulationView.OfScenario;
import dev.tandem.webacd.internal.simulator.SimulationView.State;

/** One simulation with all its scenarios. It runs on one thread and may be looked at and ended from any. */
final class Run implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    private final UUID id;
    private final SiteId site;
    private final String by;
    private final Judge.Ready ready;
    private final Sources sources;
    private final Clock clock;
    private final Runnable changed;
    private State state = State.WAITING;
    private Instant startedAt;
    private Optional<Instant> endedAt = Optional.empty();
    private Optional<Long> items = Optional.empty();
    private long done;
    private int scenario;
    private Optional<String> problem = Optional.empty();
    private List<OfScenario> results = List.of();

    Run(UUID id, SiteId site, String by, Judge.Ready ready, Sources sources, Clock clock, Runnable changed) {
        this.id = id;
        this.site = site;
        this.by = by;
        this.ready = ready;
        this.sources = sources;
        this.clock = clock;
        this.changed = changed;
        this.startedAt = clock.instant();
    }

    UUID id() {
        return id;
    }

    boolean of(SiteId one) {
        return site.equals(one);
    }

    synchronized boolean over() {
        return state.over();
    }

    /** What has come of it so far is kept. */
    synchronized void cancel() {
        end(State.CANCELLED);
    }

    private synchronized void end(State how) {
        if (!state.over()) {
            state = how;
            endedAt = Optional.of(clock.instant());
        }
    }

    @Override
    public void run() {
        synchronized (this) {
            if (state != State.WAITING) {
                return;
            }
            state = State.RUNNING;
            startedAt = clock.instant();
        }
        changed.run();
        try {
            simulate();
            end(State.DONE);
        } catch (OutOfMemoryError | RuntimeException e) {
            failed(e);
        }
        changed.run();
    }

    private void failed(Throwable e) {
        if (!over()) {
            LOG.warn("Simulation {} of site {} has failed", id, site, e);
        }
        synchronized (this) {
            problem = Optional.of(
                    e instanceof TooMany many
                            ? many.getMessage()
                            : "It could not be done; the log of this node says more.");
        }
        end(State.FAILED);
    }

    private void simulate() {
        var traffic = sources.traffic(site, ready, () -> !over());
        synchronized (this) {
            items = Optional.of(traffic.items());
        }
        var request = ready.request();
        for (int i = 0; i < ready.scenes().size() && !over(); i++) {
            synchronized (this) {
                scenario = i;
                done = 0;
            }
            changed.run();
            var scene = ready.scenes().get(i);
            var setup = sources.setup(site, request, scene);
            new Simulation(setup, traffic.arrivals(scene))
                    .run((arrivals, time) -> goOn(arrivals))
                    .map(outcome -> shown(scene, outcome, traffic))
                    .ifPresent(this::keep);
        }
    }

    private boolean goOn(long arrivals) {
        synchronized (this) {
            if (state.over() || Thread.currentThread().isInterrupted()) {
                return false;
            }
            done = arrivals;
        }
        changed.run();
        return true;
    }

    private synchronized void keep(OfScenario result) {
        var more = new ArrayList<>(results);
        more.add(result);
        results = List.copyOf(more);
    }

    private static OfScenario shown(Scene scene, Outcome outcome, Traffic traffic) {
        var queues = scene.routing().queues().stream()
                .map(queue -> new OfQueue(
                        queue.id().value(),
                        queue.config().name(),
                        outcome.queues().get(queue.id())))
                .toList();
        var intervals = outcome.intervals().stream()
                .map(one -> new OfInterval(one.at(), byId(one.queues()), one.totals()))
                .toList();
        return new OfScenario(
                scene.name(), outcome.totals(), queues, intervals, traffic.rerouted(scene), traffic.unknown(scene));
    }

    private static Map<UUID, Measured> byId(Map<QueueId, Measured> queues) {
        var all = new LinkedHashMap<UUID, Measured>();
        queues.forEach((queue, measured) -> all.put(queue.value(), measured));
        return all;
    }

    /** @param whole with what came of it */
    synchronized SimulationView view(boolean whole) {
        return new SimulationView(
                id,
                state,
                by,
                startedAt,
                endedAt,
                items,
                done,
                scenario,
                problem,
                ready.request(),
                whole ? results : List.of());
    }

    /** More has come in that time than can be simulated. */
    static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany(long items) {
            super(items + " have come in that time; at most " + Judge.MOST_ITEMS + " can be simulated.");
        }
    }
}
