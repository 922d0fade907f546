package dev.tandem.session.internal;

import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.None;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSessions;
import dev.tandem.web.Caller;

/** Sessions as other slices use them. */
@Component(service = SupportSessions.class)
public final class SessionsService implements SupportSessions {
    private final SessionStreams streams;
    private final Views views;

    @Activate
    public SessionsService(@Reference SessionStreams streams, @Reference Views views) {
        this.streams = streams;
        this.views = views;
    }

    @Override
    public Optional<SupportSession> find(SiteId site, SessionId session) {
        return views.snapshot(site, session.value());
    }

    @Override
    public Membership membership(Caller caller, SessionId session) {
        return find(caller.site(), session)
                .filter(found -> found.state() != SupportSession.State.ENDED)
                .flatMap(found ->
                        place(caller, found).filter(p -> p.state().present()).map(p -> new Membership(found, p)))
                .orElseThrow(Views::unknown);
    }

    private static Optional<Participant> place(Caller caller, SupportSession session) {
        if (caller instanceof Caller.OfAgent agent) {
            return session.participants().stream()
                    .filter(p -> p.agent().equals(Optional.of(agent.agent().id())))
                    .findFirst();
        }
        if (caller instanceof Caller.OfCustomer customer
                && customer.session().equals(session.id().value())) {
            return session.participant(new ParticipantId(customer.participant()));
        }
        return Optional.empty();
    }

    @Override
    public Answer<None> start(SiteId site, SessionId session, String activity, ParticipantId by, UUID command) {
        return streams.execute(
                new Command<>(site, session.value(), command, "participant:" + by, None.class),
                (state, now) -> SessionRules.startActivity(state, now, activity, by));
    }

    @Override
    public Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command) {
        return streams.execute(
                new Command<>(site, session.value(), command, actor, None.class),
                (state, now) -> SessionRules.stopActivity(state, activity));
    }
}
