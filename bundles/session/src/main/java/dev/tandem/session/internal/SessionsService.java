package dev.tandem.session.internal;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Lease;
import dev.tandem.journal.None;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;
import dev.tandem.session.Participant;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSessions;
import dev.tandem.session.Terms;
import dev.tandem.web.Caller;

/** Sessions as other slices use them. */
@Component(service = SupportSessions.class)
public final class SessionsService implements SupportSessions {
    private final SessionStreams streams;
    private final Views views;
    private final ActivityBell activities;
    private final Settings settings;
    private final TransferDesk transfers;
    private final Ids ids;

    @Activate
    public SessionsService(
            @Reference SessionStreams streams,
            @Reference Views views,
            @Reference ActivityBell activities,
            @Reference Settings settings,
            @Reference TransferDesk transfers,
            @Reference Ids ids) {
        this.streams = streams;
        this.views = views;
        this.activities = activities;
        this.settings = settings;
        this.transfers = transfers;
        this.ids = ids;
    }

    @Override
    public Optional<SupportSession> find(SiteId site, SessionId session) {
        return views.snapshot(site, session.value());
    }

    @Override
    public Membership membership(Caller caller, SessionId session) {
        if (caller instanceof Caller.OfViewer) {
            throw Views.unknown();
        }
        return audience(caller, session);
    }

    @Override
    public Membership audience(Caller caller, SessionId session) {
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
        if (caller instanceof Caller.OfViewer viewer
                && viewer.session().equals(session.id().value())) {
            return session.participant(new ParticipantId(viewer.participant()));
        }
        return Optional.empty();
    }

    @Override
    public Answer<None> start(
            SiteId site, SessionId session, String activity, ParticipantId by, Scope scope, UUID command) {
        return streams.execute(
                new Command<>(site, session.value(), command, "participant:" + by, None.class),
                (state, now) -> ActivityRules.start(state, now, activity, by, scope));
    }

    @Override
    public Answer<None> ask(
            SiteId site, SessionId session, String capability, ParticipantId of, ParticipantId by, UUID command) {
        var wait = settings.consentWait(site);
        var question = new ConsentRules.Question(ids.next(), capability, of, by);
        return streams.execute(
                new Command<>(site, session.value(), command, "participant:" + by, None.class),
                (state, now) -> ConsentRules.ask(state, now, question, wait));
    }

    @Override
    public Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command) {
        return stop(new Command<>(site, session.value(), command, actor, None.class), activity);
    }

    @Override
    public Answer<None> stop(SiteId site, SessionId session, String activity, String actor, UUID command, Lease lease) {
        return stop(new Command<>(site, session.value(), command, actor, None.class).under(lease), activity);
    }

    @Override
    public Answer<None> handOver(SiteId site, SessionId session, ParticipantId by, UUID command) {
        return transfers.handOver(site, session, by, command);
    }

    @Override
    public Answer<None> take(SiteId site, SessionId session, AgentId agent, String name, Start start, UUID command) {
        return transfers.take(site, session, agent, name, start, command);
    }

    @Override
    public Answer<Entered> open(SiteId site, Optional<String> name, Terms terms, URI publicUrl, UUID command) {
        return transfers.open(site, name, terms, publicUrl, command);
    }

    @Override
    public Answer<None> giveUp(SiteId site, SessionId session, UUID command) {
        return transfers.giveUp(site, session, command);
    }

    @Override
    public List<Controlled> controlled(SiteId site) {
        return streams.helped().controlled(site);
    }

    private Answer<None> stop(Command<None> command, String activity) {
        var answer = streams.execute(command, (state, now) -> ActivityRules.stop(state, activity));
        if (answer instanceof Answer.Accepted<None>) {
            // It would be told anyway, but later: whoever has this answer may rely on it.
            activities.stopped(command.site(), new SessionId(command.stream()), activity);
        }
        return answer;
    }
}
