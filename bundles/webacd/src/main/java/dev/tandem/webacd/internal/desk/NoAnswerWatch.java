package dev.tandem.webacd.internal.desk;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.PresenceChanger;
import dev.tandem.webacd.internal.work.Aside;

/** An agent who was asked alone and has not answered is away, where the platform lets others say so. */
@Component(service = EventSubscriber.class)
public final class NoAnswerWatch implements EventSubscriber {
    private final Absences absences;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile PresenceChanger changer;

    @Activate
    public NoAnswerWatch(@Reference Absences absences) {
        this.absences = absences;
    }

    NoAnswerWatch(Absences absences, PresenceChanger changer) {
        this(absences);
        this.changer = changer;
    }

    @Override
    public String name() {
        return "webacd.no-answer";
    }

    @Override
    public void on(Published published) {
        var platform = changer;
        if (published.event() instanceof Aside.NoAnswer silent) {
            absences.changed(silent.site());
            // One who has said meanwhile to be there again stays so.
            boolean still = absences.of(silent.site(), new AgentId(silent.agent()))
                    .filter(PresenceChanger.NO_ANSWER::equals)
                    .isPresent();
            if (platform != null && still) {
                platform.away(silent.site(), new AgentId(silent.agent()), PresenceChanger.NO_ANSWER);
            }
        }
    }
}
