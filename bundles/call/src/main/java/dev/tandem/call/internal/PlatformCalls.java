package dev.tandem.call.internal;

import java.util.Optional;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.EventSubscriber;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Interaction;
import dev.tandem.platform.InteractionId;
import dev.tandem.platform.Interactions;
import dev.tandem.platform.VoiceCalls;
import dev.tandem.session.Participant;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;

/** Where the platform owns the call, it is told of a control transfer and sees to the call itself (W31). */
@Component(service = EventSubscriber.class)
public final class PlatformCalls implements EventSubscriber {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformCalls.class);

    private final SupportSessions sessions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile VoiceCalls calls;

    /** Optional too: this bundle can be installed before there is a platform. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Interactions interactions;

    @Activate
    public PlatformCalls(@Reference SupportSessions sessions) {
        this.sessions = sessions;
    }

    /** For tests. */
    PlatformCalls(SupportSessions sessions, Interactions interactions, VoiceCalls calls) {
        this(sessions);
        this.interactions = interactions;
        this.calls = calls;
    }

    @Override
    public String name() {
        return "call.platform";
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof SessionEvent.ControlPassed passed) {
            tell(passed);
        }
    }

    /** What is old news, since control has passed on or the session has ended, the platform is not bothered with. */
    private void tell(SessionEvent.ControlPassed passed) {
        var platform = calls;
        var known = interactions;
        if (platform == null || known == null) {
            return;
        }
        sessions.find(passed.site(), passed.session())
                .filter(session -> session.state() != SupportSession.State.ENDED && session.epoch() == passed.epoch())
                .ifPresent(session -> call(known, session)
                        .ifPresent(call -> agent(session, passed).ifPresent(to -> {
                            var outcome = platform.controlPassed(session.site(), call, to);
                            LOG.info("Session {}: control has passed, the platform's call: {}", session.id(), outcome);
                        })));
    }

    private static Optional<InteractionId> call(Interactions known, SupportSession session) {
        return session.interaction()
                .flatMap(interaction -> known.find(session.site(), interaction))
                .filter(on -> on.kind() == Interaction.Kind.CALL && on.state() == Interaction.State.ACTIVE)
                .map(Interaction::id);
    }

    private static Optional<AgentId> agent(SupportSession session, SessionEvent.ControlPassed passed) {
        return session.participant(passed.to()).flatMap(Participant::agent);
    }
}
