package dev.tandem.session.internal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.tandem.journal.Decision;
import dev.tandem.journal.EventTypes;
import dev.tandem.journal.None;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.journal.StreamKind;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.SessionEvent.InvitationChanged.Change;
import dev.tandem.session.SessionId;

/** Streams of kind {@code session}, and the one place where stored events become published ones. */
final class SessionKind implements StreamKind<SessionState, Fact> {
    private final Consumer<Recorded<Fact>> bell;

    /** @param bell hears each event after it is durable, and returns at once */
    SessionKind(Consumer<Recorded<Fact>> bell) {
        this.bell = bell;
    }

    @Override
    public String name() {
        return "session";
    }

    @Override
    public EventTypes<Fact> events() {
        return Fact.TYPES;
    }

    @Override
    public SessionState initial() {
        return SessionState.NONE;
    }

    @Override
    public SessionState evolve(SessionState state, Fact event) {
        return event.on(state);
    }

    @Override
    public void project(Sql sql, Recorded<Fact> event, SessionState after) throws SQLException {
        Tables.write(sql, event, after);
        Helped.write(sql, event, after);
        InvitationTable.write(sql, event);
        PageTable.expect(sql, event);
    }

    @Override
    public Decision<Fact, None> due(SessionState state, String deadline, Instant now) {
        var decision = ConsentRules.isDeadline(deadline)
                ? ConsentRules.due(state, deadline, now)
                : SessionRules.due(state, deadline, now);
        return ConsentRules.settled(state, now, decision);
    }

    @Override
    public List<Object> publish(Recorded<Fact> recorded, SessionState after) {
        var site = recorded.site();
        var session = new SessionId(recorded.stream());
        var fact = recorded.event();
        if (fact instanceof Fact.Started started) {
            return List.of(
                    new SessionEvent.Started(site, session),
                    new SessionEvent.Joined(site, session, new ParticipantId(started.participant())));
        } else if (fact instanceof Fact.Joined joined) {
            return List.of(new SessionEvent.Joined(site, session, new ParticipantId(joined.participant())));
        } else if (fact instanceof Fact.SeatTakenOver taken) {
            return List.of(new SessionEvent.Left(site, session, new ParticipantId(taken.from())));
        } else if (fact instanceof Fact.Left left) {
            return List.of(new SessionEvent.Left(site, session, new ParticipantId(left.participant())));
        } else if (fact instanceof Fact.AssistantJoined joined) {
            return List.of(new SessionEvent.Joined(site, session, new ParticipantId(joined.participant())));
        } else if (fact instanceof Fact.ViewerJoined joined) {
            return List.of(new SessionEvent.Joined(site, session, new ParticipantId(joined.viewer())));
        } else if (fact instanceof Fact.Removed removed) {
            return List.of(new SessionEvent.Left(site, session, new ParticipantId(removed.participant())));
        } else if (fact instanceof Fact.ControlPassed passed) {
            return List.of(new SessionEvent.ControlPassed(
                    site,
                    session,
                    passed.from().map(ParticipantId::new),
                    new ParticipantId(passed.to()),
                    passed.epoch()));
        } else if (fact instanceof Fact.Opened) {
            return List.of(
                    new SessionEvent.Started(site, session),
                    new SessionEvent.Transferring(site, session, Optional.empty()));
        } else if (fact instanceof Fact.HandedOver handed) {
            var from = new ParticipantId(handed.by());
            return List.of(
                    new SessionEvent.Transferring(site, session, Optional.of(from)),
                    new SessionEvent.Left(site, session, from));
        } else if (fact instanceof Fact.Taken taken) {
            var by = new ParticipantId(taken.by());
            return List.of(
                    new SessionEvent.Taken(site, session, by, taken.epoch()),
                    new SessionEvent.ControlPassed(site, session, Optional.empty(), by, taken.epoch()));
        } else if (fact instanceof Fact.ControlOffered offered) {
            return List.of(
                    new SessionEvent.ControlOffered(site, session, offered.to().map(ParticipantId::new)));
        } else if (fact instanceof Fact.CustomerSelected selected) {
            return List.of(new SessionEvent.CustomerSelected(site, session, new ParticipantId(selected.customer())));
        } else if (fact instanceof Fact.Returned returned) {
            return List.of(new SessionEvent.Returned(site, session, new ParticipantId(returned.participant())));
        } else if (fact instanceof Fact.ActivityStarted started) {
            return List.of(new SessionEvent.ActivityStarted(
                    site, session, started.activity(), new ParticipantId(started.by())));
        } else if (fact instanceof Fact.ActivityStopped stopped) {
            return List.of(new SessionEvent.ActivityStopped(site, session, stopped.activity()));
        } else if (fact instanceof Fact.ConsentChanged changed) {
            return List.of(new SessionEvent.ConsentChanged(site, session, changed.as()));
        } else if (fact instanceof Fact.Noted noted) {
            return List.of(new SessionEvent.Noted(site, session, new ParticipantId(noted.by()), noted.outcome()));
        } else if (fact instanceof Fact.FormGiven form) {
            var by = new ParticipantId(form.participant());
            return List.of(new SessionEvent.FormGiven(site, session, by, form.rating()));
        } else if (fact instanceof Fact.InvitationMade made) {
            return List.of(new SessionEvent.InvitationChanged(site, session, made.invitation(), Change.MADE));
        } else if (fact instanceof Fact.InvitationRepeated repeated) {
            return List.of(new SessionEvent.InvitationChanged(site, session, repeated.invitation(), Change.REPEATED));
        } else if (fact instanceof Fact.InvitationWithdrawn withdrawn) {
            return List.of(new SessionEvent.InvitationChanged(site, session, withdrawn.invitation(), Change.WITHDRAWN));
        } else if (fact instanceof Fact.InvitationUsed used) {
            return List.of(new SessionEvent.InvitationChanged(site, session, used.invitation(), Change.USED));
        } else if (fact instanceof Fact.Ended ended) {
            return List.of(new SessionEvent.Ended(site, session, ended.reason()));
        }
        return List.of();
    }

    @Override
    public void committed(Recorded<Fact> event, SessionState after) {
        bell.accept(event);
    }
}
