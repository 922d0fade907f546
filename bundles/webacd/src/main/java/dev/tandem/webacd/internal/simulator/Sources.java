package dev.tandem.webacd.internal.simulator;

import java.time.Duration;
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

    @Activate
    public Sources(@Reference WhatIf whatIf, @Reference Thresholds thresholds) {
        this.whatIf = whatIf;
        this.thresholds = thresholds;
    }

    /** @param goOn asked now and then while it is read */
    Traffic traffic(SiteId site, Judge.Ready ready, BooleanSupplier goOn) {
        return new Generated(ready.request().traffic(), ready.now());
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
            case HOURS, RECORDED -> Calendar.hours(scene.routing(), scene.agents(), from, to);
        };
    }
}
