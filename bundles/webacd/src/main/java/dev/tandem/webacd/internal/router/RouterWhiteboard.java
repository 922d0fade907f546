package dev.tandem.webacd.internal.router;

import java.util.Optional;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.platform.PresenceListener;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.RoutingStrategy;

/** Takes in what integrators publish and what the platform says. A component of its own, so nothing goes in a circle. */
@Component(service = PresenceListener.class, immediate = true)
public final class RouterWhiteboard implements PresenceListener {
    private final Routers routers;

    @Activate
    public RouterWhiteboard(@Reference Routers routers) {
        this.routers = routers;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(RoutingStrategy strategy) {
        routers.strategy(strategy.name(), Optional.of(strategy));
    }

    void remove(RoutingStrategy strategy) {
        routers.strategy(strategy.name(), Optional.empty());
    }

    @Override
    public void presenceChanged(SiteId site, AgentId agent, Presence now) {
        routers.presence(site);
    }
}
