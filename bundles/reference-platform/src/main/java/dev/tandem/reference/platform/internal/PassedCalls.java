package dev.tandem.reference.platform.internal;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Ids;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.Notifier;
import dev.tandem.platform.Presence;
import dev.tandem.platform.SiteId;
import dev.tandem.platform.VoiceCalls;

/**
 * What becomes of a call when control of a session on it passes: an agent who is signed in has a telephone and is connected to it;
 * it stays on the desktop of who has taken it. For anybody else it ends, and who had it is told why.
 */
@Component(service = VoiceCalls.class)
public final class PassedCalls implements VoiceCalls {
    private static final Map<Locale, String> WHY = Map.of(
            Locale.ENGLISH,
            "The call has ended: the agent who has control now is not signed in to talk.",
            Locale.FRENCH,
            "L’appel est terminé : l’agent qui a maintenant le contrôle n’est pas connecté pour parler.",
            Locale.ITALIAN,
            "La chiamata è terminata: l’agente che ora ha il controllo non è connesso per parlare.",
            new Locale("nl"),
            "Het gesprek is beëindigd: de agent die nu de regie heeft, is niet aangemeld om te praten.");

    private final CustomerInteractions interactions;
    private final AgentDirectory agents;
    private final Notifier notifier;

    @Activate
    public PassedCalls(
            @Reference CustomerInteractions interactions,
            @Reference AgentDirectory agents,
            @Reference Notifier notifier) {
        this.interactions = interactions;
        this.agents = agents;
        this.notifier = notifier;
    }

    @Override
    public Outcome controlPassed(SiteId site, InteractionId call, AgentId to) {
        var active = interactions
                .find(site, call)
                .filter(now -> now.kind() == Interaction.Kind.CALL && now.state() == Interaction.State.ACTIVE);
        if (active.isEmpty()) {
            return Outcome.ENDED;
        }
        var has = active.get().agent();
        if (has.equals(Optional.of(to)) || !(agents.presence(site, to) instanceof Presence.Offline)) {
            return Outcome.GOES_ON;
        }
        has.flatMap(agent -> agents.find(site, agent)).ifPresent(agent -> end(agent, call));
        return Outcome.ENDED;
    }

    private void end(Agent agent, InteractionId call) {
        interactions.end(agent, call, Ids.derived(UUID.fromString(call.value()), "control passed"));
        notifier.tell(agent.site(), agent.id(), new Notifier.Notice(WHY, true));
    }
}
