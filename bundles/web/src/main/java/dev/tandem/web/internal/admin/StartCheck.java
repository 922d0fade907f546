package dev.tandem.web.internal.admin;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.web.internal.Startup;

/** Whether the node has started. */
@Component(property = {Checks.NAME + "start", Checks.TAGGED, Checks.FRESH})
public final class StartCheck implements HealthCheck {
    private final Startup startup;

    @Activate
    public StartCheck(@Reference Startup startup) {
        this.startup = startup;
    }

    @Override
    public Result execute() {
        return startup.isFinished()
                ? Checks.ok("The node has started")
                : new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "The node is starting.");
    }
}
