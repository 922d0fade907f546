package dev.tandem.reference.platform.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.Agent;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.Presence;
import dev.tandem.web.Problem;
import dev.tandem.web.ProblemException;

/** What an agent or a visitor does, with refusals as problems. */
@Component(service = Desk.class)
public final class Desk {
    private final CustomerInteractions interactions;
    private final Presences presences;
    private final Simulator simulator;
    private final VisitorLinks links;
    private final Views views;

    @Activate
    public Desk(
            @Reference CustomerInteractions interactions,
            @Reference Presences presences,
            @Reference Simulator simulator,
            @Reference VisitorLinks links,
            @Reference Views views) {
        this.interactions = interactions;
        this.presences = presences;
        this.simulator = simulator;
        this.links = links;
        this.views = views;
    }

    /** What arrived. @param visitor where the simulated customer of a chat writes */
    public record Simulated(String interaction, Optional<String> visitor) {}

    /** @param status {@code AVAILABLE} or {@code AWAY}; offline is who signs out */
    public Views.PresenceView choose(Agent agent, UUID command, String status, String reason) {
        presences
                .choose(agent, command, PresenceState.Status.valueOf(status.toUpperCase(Locale.ROOT)), reason)
                .orElseThrow(ProblemException::refused);
        return views.presence(agent);
    }

    public Simulated simulate(
            Agent agent, Interaction.Kind kind, Optional<String> customer, Optional<String> words, UUID command) {
        boolean available = presences.of(agent.site(), agent.id()).presence() instanceof Presence.Available;
        var arrival = simulator
                .arrive(agent, available, kind, customer, words, command)
                .orElseThrow(ProblemException::refused);
        var id = new InteractionId(arrival.interaction());
        return new Simulated(
                id.value(),
                kind == Interaction.Kind.CHAT ? Optional.of(links.path(agent.site(), id)) : Optional.empty());
    }

    public Views.InteractionView accept(Agent agent, InteractionId id, UUID command) {
        interactions.accept(agent, id, command).orElseThrow(ProblemException::refused);
        return view(agent, id);
    }

    public Views.InteractionView end(Agent agent, InteractionId id, UUID command) {
        interactions.end(agent, id, command).orElseThrow(ProblemException::refused);
        return view(agent, id);
    }

    public Views.MessageView say(Agent agent, InteractionId id, String text, UUID command) {
        // Only whoever has the chat writes at the platform's own composer.
        views.messages(agent, id, Long.MAX_VALUE).orElseThrow(Desk::unknown);
        var said = interactions
                .sayAsAgent(agent.site(), id, agent.id(), text, command)
                .orElseThrow(ProblemException::refused);
        return views.message(agent.site(), id, said.number()).orElseThrow(Desk::unknown);
    }

    public Views.VisitView visit(String token, long after) {
        var visit = open(token);
        return views.visit(visit.site(), visit.interaction(), after).orElseThrow(Desk::unknown);
    }

    public Views.MessageView sayAsVisitor(String token, String text, UUID command) {
        var visit = open(token);
        var said = interactions
                .sayAsCustomer(visit.site(), visit.interaction(), text, command)
                .orElseThrow(ProblemException::refused);
        return views.message(visit.site(), visit.interaction(), said.number()).orElseThrow(Desk::unknown);
    }

    public void leave(String token, UUID command) {
        var visit = open(token);
        interactions.leave(visit.site(), visit.interaction(), command).orElseThrow(ProblemException::refused);
    }

    public static ProblemException unknown() {
        return new ProblemException(Problem.unknown());
    }

    private Views.InteractionView view(Agent agent, InteractionId id) {
        return views.detail(agent, id).orElseThrow(Desk::unknown).interaction();
    }

    private VisitorLinks.Visit open(String token) {
        return links.open(token).orElseThrow(Desk::unknown);
    }
}
