package dev.tandem.recording.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Ids;
import dev.tandem.journal.Refusal;
import dev.tandem.platform.SiteId;
import dev.tandem.recording.Recording;
import dev.tandem.recording.Recording.Ending;
import dev.tandem.recording.Recording.State;
import dev.tandem.recording.RecordingId;
import dev.tandem.session.Consent;
import dev.tandem.session.Participant;
import dev.tandem.session.Participant.Role;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;
import dev.tandem.session.SupportSession;
import dev.tandem.session.SupportSession.Scope;
import dev.tandem.session.SupportSessions;

/**
 * Brings a recording to where its session is: asks who has yet to allow it, starts it when all have, ends it when it may not
 * go on. {@link #advance} may be called at any time, on any node, and as often as one likes.
 */
@Component(service = Director.class)
public final class Director {
    /** The activity, and the capability that is asked for. */
    static final String NAME = "recording";

    private static final String SYSTEM = "system";

    private final SupportSessions sessions;
    private final RecordingBook book;
    private final Settings settings;
    private final Clock clock;

    @Activate
    public Director(
            @Reference SupportSessions sessions,
            @Reference RecordingBook book,
            @Reference Settings settings,
            @Reference Clock clock) {
        this.sessions = sessions;
        this.book = book;
        this.settings = settings;
        this.clock = clock;
    }

    /** It could not be brought on now; later it can. */
    static final class LaterException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Refusal refusal;

        LaterException(Refusal refusal) {
            super(refusal.detail(), null, false, false);
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }
    }

    /** The controller wants the session recorded; if it is, or is asked for, this changes nothing. */
    public Recording press(SupportSession session, ParticipantId controller, UUID command, String actor) {
        var open = book.open(session.site(), session.id());
        if (open.isPresent()) {
            return advanced(open.get());
        }
        var id = new RecordingId(Ids.derived(command, NAME + "/" + session.id()));
        must(book.execute(
                session.site(),
                id,
                command,
                actor,
                (state, now) ->
                        RecordingRules.ask(state, session.id().value(), controller.value(), session.epoch(), now)));
        return advanced(book.find(session.site(), id).orElseThrow());
    }

    /** The controller does not want it any more. */
    public Recording stop(Recording recording, UUID command, String actor) {
        var site = recording.site();
        if (recording.state() == State.RECORDING) {
            must(sessions.stop(site, recording.session(), NAME, actor, Ids.derived(command, NAME + "/stop")));
        }
        end(recording, Ending.STOPPED, Optional.empty(), actor, command);
        return book.find(site, recording.id()).orElseThrow();
    }

    /** It cannot go on; the session stays. */
    void fail(Recording recording, Ending why) {
        end(recording, why, Optional.empty(), SYSTEM, Ids.derived(recording.id().value(), "end/" + why));
        must(sessions.stop(
                recording.site(),
                recording.session(),
                NAME,
                SYSTEM,
                Ids.derived(recording.id().value(), "stop/" + why)));
    }

    /** Brings on what is open of that session. */
    void advance(SiteId site, SessionId session) {
        book.open(site, session).ifPresent(this::advance);
    }

    private Recording advanced(Recording recording) {
        advance(recording);
        return book.find(recording.site(), recording.id()).orElseThrow();
    }

    void advance(Recording recording) {
        var found = sessions.find(recording.site(), recording.session());
        if (found.filter(session -> session.state() != SupportSession.State.ENDED)
                .isEmpty()) {
            end(recording, Ending.SESSION_ENDED, Optional.empty());
        } else if (found.get().epoch() != recording.epoch()
                || found.get().state() == SupportSession.State.TRANSFERRING) {
            end(recording, Ending.CONTROL_PASSED, Optional.empty());
        } else if (recording.state() == State.ASKING) {
            asking(recording, found.get());
        } else if (recording.state() == State.RECORDING) {
            recording(recording, found.get());
        }
    }

    private void asking(Recording recording, SupportSession session) {
        var refused = others(session, recording.by())
                .filter(who -> latest(session, who.id())
                        .filter(consent -> over(consent, recording.askedAt()))
                        .isPresent())
                .findFirst();
        if (refused.isPresent()) {
            end(recording, Ending.REFUSED, refused.map(Participant::id));
            return;
        }
        var missing = missing(session, recording.by());
        if (!missing.isEmpty()) {
            missing.forEach(who -> ask(recording, session, who));
            return;
        }
        var started = sessions.start(
                recording.site(), session.id(), NAME, recording.by(), Scope.CONTROL, command(recording, "start"));
        if (started instanceof Answer.Refused<?> no) {
            later(no.refusal());
            end(recording, Ending.STOPPED, Optional.empty());
        } else {
            must(book.execute(
                    recording.site(), recording.id(), command(recording, "begin"), SYSTEM, RecordingRules::begin));
        }
    }

    private void recording(Recording recording, SupportSession session) {
        var since = recording.startedAt().orElse(recording.askedAt());
        var withdrawn = session.consents().stream()
                .filter(consent -> consent.capability().equals(NAME) && over(consent, since))
                .filter(consent -> consent.state() != Consent.State.DENIED)
                .map(Consent::of)
                .findFirst();
        if (!session.running(NAME)) {
            end(recording, withdrawn.isPresent() ? Ending.REFUSED : Ending.STOPPED, withdrawn);
            return;
        }
        for (var who : missing(session, recording.by())) {
            var latest = latest(session, who.id());
            if (latest.filter(consent -> consent.state() == Consent.State.REVOKED && over(consent, since))
                    .isPresent()) {
                // The session has seen to it; if not, we do.
                must(sessions.stop(recording.site(), session.id(), NAME, SYSTEM, command(recording, "withdrawn")));
                end(recording, Ending.REFUSED, Optional.of(who.id()));
                return;
            }
            if (latest.filter(consent -> over(consent, since)).isEmpty()) {
                ask(recording, session, who);
            }
        }
    }

    private void ask(Recording recording, SupportSession session, Participant who) {
        // Asked again it is another question: a former answer has been used up.
        var asked = session.consents().stream()
                .filter(consent -> consent.of().equals(who.id())
                        && consent.capability().equals(NAME)
                        && consent.state() != Consent.State.ASKED)
                .count();
        var answer = sessions.ask(
                recording.site(),
                session.id(),
                NAME,
                who.id(),
                recording.by(),
                command(recording, "ask/" + who.id() + "/" + asked));
        if (answer instanceof Answer.Refused<?> refused) {
            // Whoever has just gone need not answer.
            later(refused.refusal());
        }
    }

    /** Whether all who are in the session allow that it is written now. */
    static boolean allowed(SupportSession session, Recording recording, Instant now) {
        return others(session, recording.by()).allMatch(who -> session.granted(who.id(), NAME, now));
    }

    private List<Participant> missing(SupportSession session, ParticipantId controller) {
        var now = clock.instant();
        return others(session, controller)
                .filter(who -> !session.granted(who.id(), NAME, now))
                .toList();
    }

    /** Who is seen or heard besides the controller, who consents by starting it. */
    private static java.util.stream.Stream<Participant> others(SupportSession session, ParticipantId controller) {
        return session.participants().stream()
                .filter(who -> who.state().present() && who.role() != Role.VIEWER)
                .filter(who -> !who.id().equals(controller));
    }

    private static Optional<Consent> latest(SupportSession session, ParticipantId who) {
        return session.consents().stream()
                .filter(consent ->
                        consent.of().equals(who) && consent.capability().equals(NAME))
                .max(Comparator.comparing(Consent::at));
    }

    /** A "no" that is not older than that. */
    private static boolean over(Consent consent, Instant since) {
        boolean no =
                switch (consent.state()) {
                    case DENIED, REVOKED, EXPIRED -> true;
                    case ASKED, GRANTED, ENDED -> false;
                };
        return no && !consent.at().isBefore(since);
    }

    private void end(Recording recording, Ending why, Optional<ParticipantId> refusedBy) {
        end(recording, why, refusedBy, SYSTEM, command(recording, "end/" + why));
    }

    private void end(Recording recording, Ending why, Optional<ParticipantId> refusedBy, String actor, UUID command) {
        var keep = settings.retention(recording.site());
        must(book.execute(
                recording.site(),
                recording.id(),
                command,
                actor,
                (state, now) -> RecordingRules.end(state, why, refusedBy.map(ParticipantId::value), keep, now)));
    }

    private static UUID command(Recording recording, String what) {
        return Ids.derived(recording.id().value(), what);
    }

    private static void must(Answer<?> answer) {
        if (answer instanceof Answer.Refused<?> refused) {
            throw new LaterException(refused.refusal());
        }
    }

    private static void later(Refusal refusal) {
        if (refusal.reason() == Refusal.Reason.BUSY) {
            throw new LaterException(refusal);
        }
    }
}
