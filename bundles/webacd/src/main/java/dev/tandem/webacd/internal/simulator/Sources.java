package dev.tandem.webacd.internal.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.internal.config.RoutingPlans;
import dev.tandem.webacd.internal.config.WhatIf;
import dev.tandem.webacd.internal.engine.Settings;
import dev.tandem.webacd.internal.metrics.Thresholds;

/** Where a simulation gets from what it works with. */
@Component(service = Sources.class)
public final class Sources {
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final int RETURNS = 60;

    private final WhatIf whatIf;
    private final Thresholds thresholds;
    private final Recorded recorded;

    @Activate
    public Sources(@Reference WhatIf whatIf, @Reference Thresholds thresholds, @Reference Recorded recorded) {
        this.whatIf = whatIf;
        this.thresholds = thresholds;
        this.recorded = recorded;
    }

    /** @param goOn asked now and then while it is read */
    Traffic traffic(SiteId site, Judge.Ready ready, BooleanSupplier goOn) {
        var traffic = ready.request().traffic();
        return traffic.kind() == Request.Kind.GENERATED
                ? new Generated(traffic, ready.now())
                : recorded.traffic(site, traffic, ready.scenes(), goOn);
    }

    Setup setup(SiteId site, Request request, Scene scene) {
        var settings =
                scene.routing().fallback().map(Settings.DEFAULT::withFallback).orElse(Settings.DEFAULT);
        var traffic = request.traffic();
        return new Setup(
                settings,
                scene.routing().queues().stream().map(RoutingPlans::facts).toList(),
                scene.agents(),
                whatIf.strategies(),
                shifts(site, request, scene),
                traffic.from(),
                traffic.to(),
                request.serviceLevelSeconds().map(Duration::ofSeconds).orElseGet(() -> thresholds.inTime(site)),
                new Setup.Manners(
                        request.answerSeconds()
                                .map(seconds -> Duration.ofMillis(Math.round(seconds * 1e3)))
                                .orElse(ANSWER),
                        request.declines().orElse(0.0),
                        request.noAnswers().orElse(0.0),
                        Duration.ofSeconds(request.returnSeconds().orElse(RETURNS))),
                traffic.seed().orElse(1L));
    }

    private Map<AgentId, List<Setup.Shift>> shifts(SiteId site, Request request, Scene scene) {
        var from = request.traffic().from();
        var to = request.traffic().to();
        return switch (scene.shifts()) {
            case ALWAYS -> Calendar.always(scene.agents(), from, to);
            case HOURS -> Calendar.hours(scene.routing(), scene.agents(), from, to);
            case RECORDED -> {
                var shifts = new HashMap<>(recorded.shifts(site, from, to));
                // Whoever was not there, since there is no such agent, comes while the queue is open.
                var more = scene.agents().stream()
                        .filter(agent -> agent.id().value().startsWith(Scene.MORE))
                        .toList();
                shifts.putAll(Calendar.hours(scene.routing(), more, from, to));
                yield shifts;
            }
        };
    }
}
