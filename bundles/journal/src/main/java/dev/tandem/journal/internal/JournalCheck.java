package dev.tandem.journal.internal;

import java.util.List;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import dev.tandem.journal.Journal;

/** Whether the journal has started, and whether its database keeps what was acknowledged. */
@Component(property = {Checks.NAME + "journal", Checks.TAGGED, Checks.FRESH})
public final class JournalCheck implements HealthCheck {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Journal journal;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SqlDatabase database;

    @Override
    public Result execute() {
        var standsOn = database;
        if (journal == null || standsOn == null) {
            return Checks.down("The journal has not started: it waits for the database.");
        }
        var risks = standsOn.risks();
        return risks.isEmpty()
                ? Checks.ok("The journal has started")
                : Checks.warn(List.of("PostgreSQL runs with " + String.join(", ", risks)
                        + ": what was acknowledged may be lost in a crash."));
    }
}
