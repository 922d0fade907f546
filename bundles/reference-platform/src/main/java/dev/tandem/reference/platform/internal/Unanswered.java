package dev.tandem.reference.platform.internal;

import java.util.Locale;
import java.util.Map;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Notifier;
import dev.tandem.platform.PresenceChanger;
import dev.tandem.platform.SiteId;

/** Who does not answer is away, and reads so when coming back. */
@Component(service = PresenceChanger.class)
public final class Unanswered implements PresenceChanger {
    private static final Map<Locale, String> WHY = Map.of(
            Locale.ENGLISH,
            "You are away now: you did not answer an offer. Choose Available to get work again.",
            Locale.FRENCH,
            "Vous êtes maintenant absent : vous n’avez pas répondu à une offre. Choisissez Disponible pour recevoir de"
                    + " nouvelles demandes.",
            Locale.ITALIAN,
            "Ora risulta assente: non ha risposto a un’offerta. Scelga Disponibile per ricevere di nuovo richieste.",
            new Locale("nl"),
            "U bent nu afwezig: u hebt een aanbod niet beantwoord. Kies Beschikbaar om weer werk te krijgen.");

    private final Presences presences;
    private final AgentDirectory agents;
    private final Notifier notifier;

    @Activate
    public Unanswered(@Reference Presences presences, @Reference AgentDirectory agents, @Reference Notifier notifier) {
        this.presences = presences;
        this.agents = agents;
        this.notifier = notifier;
    }

    @Override
    public void away(SiteId site, AgentId agent, String reason) {
        var taken = agents.find(site, agent).filter(known -> presences.takeAway(known, reason));
        if (taken.isPresent() && reason.equals(NO_ANSWER)) {
            notifier.tell(site, agent, new Notifier.Notice(WHY, true));
        }
    }
}
