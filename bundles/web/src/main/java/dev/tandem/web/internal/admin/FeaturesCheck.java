package dev.tandem.web.internal.admin;

import java.util.stream.Collectors;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Names the features that should run and cannot, such as a slice whose tables are of a later release. A warning: the
 * others work, and a node without a slice is better than none.
 */
@Component(property = {Checks.NAME + "features", Checks.TAGGED, HealthCheck.RESULT_CACHE_TTL_IN_MS + ":Long=5000"})
public final class FeaturesCheck implements HealthCheck {
    private final Features features;

    @Activate
    public FeaturesCheck(@Reference Features features) {
        this.features = features;
    }

    @Override
    public Result execute() {
        var log = new ResultLog();
        var all = features.all();
        for (var feature : all) {
            if (feature.state() == Feature.State.FAILED) {
                var why = feature.reasons().stream()
                        .flatMap(reason -> reason.of().stream())
                        .collect(Collectors.joining("; "));
                log.add(new ResultLog.Entry(Result.Status.WARN, feature.name() + " cannot start: " + why));
            }
        }
        return log.iterator().hasNext()
                ? new Result(log)
                : Checks.ok(all.size() + " features are installed, none has failed");
    }
}
