package dev.tandem.session.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.EventSubscriber;
import dev.tandem.journal.Ids;
import dev.tandem.journal.None;
import dev.tandem.journal.Refusal;
import dev.tandem.outbox.Mail;
import dev.tandem.outbox.Message;
import dev.tandem.outbox.MessageId;
import dev.tandem.outbox.Outbox;
import dev.tandem.outbox.OutboxEvent;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionEvent;
import dev.tandem.session.internal.InvitationView.State;
import dev.tandem.session.internal.Invitations.Invitation;
import dev.tandem.session.internal.invite.Texts;

/**
 * Puts invitations into the outbox, and what becomes of them there into the session. It reacts to what is stored, so
 * that neither is lost with a node; the message's id stands in the invitation, so that nothing is sent twice.
 */
@Component(service = EventSubscriber.class)
public final class InvitationMails implements EventSubscriber {
    private static final String NAME = "session.invitations";
    private static final String ABOUT = "invitation/";
    private static final String ACTOR = "system";

    private final SessionStreams streams;
    private final Views views;
    private final Outbox outbox;
    private final Texts texts = new Texts();

    @Activate
    public InvitationMails(@Reference SessionStreams streams, @Reference Views views, @Reference Outbox outbox) {
        this.streams = streams;
        this.views = views;
        this.outbox = outbox;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void on(Published published) {
        if (published.event() instanceof SessionEvent.InvitationChanged changed) {
            changed(published, changed);
        } else if (published.event() instanceof SessionEvent.Ended ended) {
            ended(published, ended);
        } else if (published.event() instanceof OutboxEvent.Changed mail) {
            mailed(published, mail);
        }
    }

    private void changed(Published published, SessionEvent.InvitationChanged changed) {
        var site = changed.site();
        var session = changed.session().value();
        var state = streams.load(site, session).state();
        var one = state.invitations().find(changed.invitation());
        if (one.isEmpty() || one.get().mail().isEmpty()) {
            return;
        }
        var message = one.get().mail().get();
        if (!state.living() || !one.get().good()) {
            cancel(published, site, message);
            return;
        }
        if (changed.change() == SessionEvent.InvitationChanged.Change.REPEATED) {
            // Does nothing to one that has not failed, so that a fresh one is only sent.
            var known = outbox.find(site, new MessageId(message)).isPresent();
            if (known) {
                settled(outbox.again(site, new MessageId(message), ACTOR, command(published, message)));
                return;
            }
        }
        mail(site, session, state, one.get()).ifPresent(mail -> settled(outbox.send(site, message, mail)));
    }

    private Optional<Mail> mail(SiteId site, UUID session, SessionState state, Invitation one) {
        var view = views.invitation(site, one);
        if (view.address().isEmpty()) {
            return Optional.empty();
        }
        var agent = state.controller()
                .flatMap(state::person)
                .map(person -> views.name(site, person.name()))
                .orElse("");
        var words = texts.of(Texts.Whom.valueOf(one.role().name()), one.language(), agent, view.url());
        return Optional.of(new Mail(
                view.address(),
                Locale.forLanguageTag(one.language()),
                words.subject(),
                words.text(),
                words.html(),
                "invitation:" + one.id(),
                Optional.of(ABOUT + session + "/" + one.id())));
    }

    /** A link that leads nowhere any more is not sent. */
    private void ended(Published published, SessionEvent.Ended ended) {
        var state = streams.load(ended.site(), ended.session().value()).state();
        state.invitations().all().stream()
                .flatMap(one -> one.mail().stream())
                .forEach(message -> cancel(published, ended.site(), message));
    }

    private void cancel(Published published, SiteId site, UUID message) {
        settled(outbox.cancel(site, new MessageId(message), ACTOR, command(published, message)));
    }

    private void mailed(Published published, OutboxEvent.Changed mail) {
        var about = mail.about().filter(mark -> mark.startsWith(ABOUT)).map(mark -> mark.split("/"));
        if (about.isEmpty() || about.get().length != 3) {
            return;
        }
        var now = state(mail.state());
        if (now.isEmpty()) {
            return;
        }
        var session = UUID.fromString(about.get()[1]);
        var invitation = UUID.fromString(about.get()[2]);
        var message = mail.message().value();
        settled(streams.execute(
                new Command<>(mail.site(), session, command(published, message), ACTOR, None.class),
                (state, at) -> InvitationRules.mailed(state, invitation, message, now.get(), mail.problem())));
    }

    /** What agents are told: not each step, but why it takes so long. */
    private static Optional<State> state(Message.State of) {
        return switch (of) {
            case QUEUED, SENDING, RETRYING -> Optional.of(State.QUEUED);
            case SENT -> Optional.of(State.SENT);
            case FAILED -> Optional.of(State.FAILED);
            case UNCERTAIN -> Optional.of(State.UNCERTAIN);
            case CANCELLED -> Optional.empty();
        };
    }

    private static UUID command(Published published, UUID message) {
        return Ids.derived(published.id(), NAME + "/" + message);
    }

    /** Comes again if it could not be done just now; other refusals are for good. */
    private static void settled(Answer<?> answer) {
        if (answer instanceof Answer.Refused<?> refused && refused.refusal().reason() == Refusal.Reason.BUSY) {
            throw new IllegalStateException(refused.refusal().detail());
        }
    }
}
