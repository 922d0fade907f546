package dev.tandem.web.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;

/** Whether this node drains. The door asks, which stands also while the journal does not. */
@Component(service = Drain.class)
public final class Drain {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Nodes nodes;

    @Activate
    public Drain() {
        // its nodes come and go
    }

    public Drain(Nodes nodes) {
        this.nodes = nodes;
    }

    public boolean isUnderWay() {
        var known = nodes;
        return known != null && known.self().state() == Node.State.DRAINING;
    }
}
