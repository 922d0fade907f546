package dev.tandem.web.internal;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Caller;

/** A caller as a ticket carries it. */
record StoredCaller(SiteId site, Optional<OfAgent> agent, Optional<OfCustomer> customer, Optional<OfViewer> viewer) {
    record OfAgent(AgentId id, String name, Set<Agent.Role> roles) {}

    record OfCustomer(UUID session, UUID participant) {}

    record OfViewer(UUID session, UUID participant) {}

    static StoredCaller of(Caller caller) {
        if (caller instanceof Caller.OfAgent known) {
            var agent = known.agent();
            return new StoredCaller(
                    agent.site(),
                    Optional.of(new OfAgent(agent.id(), agent.name(), agent.roles())),
                    Optional.empty(),
                    Optional.empty());
        }
        if (caller instanceof Caller.OfCustomer known) {
            return new StoredCaller(
                    known.site(),
                    Optional.empty(),
                    Optional.of(new OfCustomer(known.session(), known.participant())),
                    Optional.empty());
        }
        if (caller instanceof Caller.OfViewer known) {
            return new StoredCaller(
                    known.site(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new OfViewer(known.session(), known.participant())));
        }
        throw new IllegalArgumentException("nobody in particular gets no ticket");
    }

    Caller caller() {
        return agent.<Caller>map(a -> new Caller.OfAgent(new Agent(site, a.id(), a.name(), a.roles())))
                .or(() -> customer.map(c -> new Caller.OfCustomer(site, c.session(), c.participant())))
                .or(() -> viewer.map(v -> new Caller.OfViewer(site, v.session(), v.participant())))
                .orElseThrow();
    }
}
