package dev.tandem.web.internal;

import java.util.function.BooleanSupplier;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;

/**
 * Whether this node drains: somebody has said so, or it stops. A node that stops loses its slices one after the other while
 * its web server still answers; a page must not hear from it that a path, a sign-in or a token is not known.
 */
@Component(service = Drain.class)
public final class Drain {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Nodes nodes;

    private final BooleanSupplier stops;

    @Activate
    public Drain(BundleContext context) {
        var framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
        this.stops = () -> framework.getState() == Bundle.STOPPING;
    }

    public Drain(BooleanSupplier stops) {
        this.stops = stops;
    }

    public Drain(Nodes nodes) {
        this(() -> false);
        this.nodes = nodes;
    }

    public boolean isUnderWay() {
        var known = nodes;
        return isForGood() || known != null && known.self().state() == Node.State.DRAINING;
    }

    /** The whole node stops, and nobody takes that back. */
    public boolean isForGood() {
        return stops.getAsBoolean();
    }
}
