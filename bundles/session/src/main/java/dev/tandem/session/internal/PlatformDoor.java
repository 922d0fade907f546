package dev.tandem.session.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.Interactions;
import dev.tandem.platform.SiteId;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** The platform, which may be away while sessions go on. */
@Component(service = PlatformDoor.class)
public final class PlatformDoor {
    private static final Problem AWAY = new Problem(
            503, "platform-away", "The contact center is not there just now.", Optional.empty(), Optional.of(5L));

    private final AtomicReference<Optional<Interactions>> interactions = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<AgentDirectory>> directory = new AtomicReference<>(Optional.empty());

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bind(Interactions platform) {
        interactions.set(Optional.of(platform));
    }

    void unbind(Interactions platform) {
        interactions.updateAndGet(now -> now.filter(p -> p != platform));
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindDirectory(AgentDirectory platform) {
        directory.set(Optional.of(platform));
    }

    void unbindDirectory(AgentDirectory platform) {
        directory.updateAndGet(now -> now.filter(p -> p != platform));
    }

    /** An agent of the site. @throws ProblemException 404 if it has none of that id */
    public Agent agent(SiteId site, AgentId agent) {
        return directory
                .get()
                .orElseThrow(() -> new ProblemException(AWAY))
                .find(site, agent)
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    /** An agent's own interaction. @throws ProblemException 404 if it is unknown or another's */
    Interaction own(SiteId site, InteractionId interaction, AgentId agent) {
        return there().find(site, interaction)
                .filter(found -> found.agent().filter(agent::equals).isPresent())
                .orElseThrow(() -> new ProblemException(Problem.unknown()));
    }

    /** What the platform calls the customer now; empty if nobody knows. */
    String customerName(SiteId site, InteractionId interaction) {
        return interactions
                .get()
                .flatMap(platform -> platform.find(site, interaction))
                .map(found -> found.customer().name().strip())
                .orElse("");
    }

    Interactions.Sent send(SiteId site, InteractionId interaction, AgentId agent, String text) {
        return there().send(site, interaction, agent, text);
    }

    private Interactions there() {
        return interactions.get().orElseThrow(() -> new ProblemException(AWAY));
    }
}
